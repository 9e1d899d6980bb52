"""What arranges other components."""

import reflex as rx

from gallery.frame import page, sample


@rx.page(route="/layout", title="Layout")
def layout() -> rx.Component:
    """Stacks, grids and what fills the space between."""
    return page(
        "Layout",
        sample("hstack", rx.hstack(*_tiles(4), spacing="3")),
        sample("vstack", rx.vstack(*_tiles(2), spacing="2")),
        sample("grid", rx.grid(*_tiles(6), columns="3", spacing="3", width="100%")),
    )


def _tiles(count: int) -> list[rx.Component]:
    return [
        rx.center(
            rx.text(str(number + 1)),
            background=rx.color("accent", 4),
            border_radius="6px",
            padding="12px",
        )
        for number in range(count)
    ]

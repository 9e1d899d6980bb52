"""What arranges other components."""

import reflex as rx

from gallery.frame import page, sample


@rx.page(route="/layout", title="Layout")
def layout() -> rx.Component:
    """Stacks, grids and what fills the space between."""
    return page(
        "Layout",
        sample("box", rx.box("A box", padding="12px", background=rx.color("accent", 3))),
        sample("flex", rx.flex(*_tiles(3), spacing="3", wrap="wrap", direction="row-reverse")),
        sample("hstack", rx.hstack(*_tiles(4), spacing="3")),
        sample("vstack", rx.vstack(*_tiles(2), spacing="2")),
        sample("stack", rx.stack(*_tiles(3), direction="row", spacing="1")),
        sample("grid", rx.grid(*_tiles(6), columns="3", spacing="3", width="100%")),
        sample("center", rx.center(*_tiles(1), height="80px", width="100%")),
        sample("spacer", rx.flex(_tile("start"), rx.spacer(), _tile("end"), width="100%")),
        sample("container", rx.container(_tile("inside"), size="1", width="100%")),
        sample("section", rx.section(_tile("inside"), size="1")),
        sample("aspect_ratio", _aspect_ratio()),
        sample("inset", _inset()),
        sample("scroll_area", _scroll_area()),
        sample("separator, divider", _separators()),
        sample("fragment", rx.fragment(rx.text("first"), rx.text("second"))),
        sample("theme", _theme()),
        sample("theme_panel", rx.theme_panel(default_open=False)),
        sample("visible at some widths", _by_width()),
    )


def _tile(text: str) -> rx.Component:
    return rx.center(
        rx.text(text),
        background=rx.color("accent", 4),
        border_radius="6px",
        padding="12px",
    )


def _tiles(count: int) -> list[rx.Component]:
    return [_tile(str(number + 1)) for number in range(count)]


def _aspect_ratio() -> rx.Component:
    wide = rx.center("16 to 9", height="100%", background=rx.color("accent", 4))
    return rx.box(rx.aspect_ratio(wide, ratio=16 / 9), width="240px")


def _inset() -> rx.Component:
    return rx.card(
        rx.inset(
            rx.box(height="60px", background=rx.color("accent", 5)),
            side="top",
            pb="current",
        ),
        rx.text("The strip above goes up to the card's border."),
        width="280px",
    )


def _scroll_area() -> rx.Component:
    lines = [rx.text(f"Line {number + 1}") for number in range(20)]
    return rx.scroll_area(
        rx.vstack(*lines, spacing="1"),
        type="always",
        scrollbars="vertical",
        tab_index=0,
        role="region",
        aria_label="Lines",
        style={"height": "120px"},
    )


def _separators() -> rx.Component:
    return rx.vstack(
        rx.separator(size="4"),
        rx.divider(color_scheme="red", size="2"),
        rx.hstack(
            rx.text("left"),
            rx.separator(orientation="vertical", size="1"),
            rx.text("right"),
            align="center",
        ),
        width="100%",
    )


def _theme() -> rx.Component:
    return rx.hstack(
        rx.theme(rx.button("Grass, full radius"), accent_color="grass", radius="full"),
        rx.theme(
            rx.card(rx.button("Crimson, in the dark"), margin="8px"),
            appearance="dark",
            accent_color="crimson",
            has_background=True,
        ),
        wrap="wrap",
    )


def _by_width() -> rx.Component:
    return rx.vstack(
        rx.mobile_only(rx.text("mobile_only")),
        rx.tablet_only(rx.text("tablet_only")),
        rx.desktop_only(rx.text("desktop_only")),
        rx.mobile_and_tablet(rx.text("mobile_and_tablet")),
        rx.tablet_and_desktop(rx.text("tablet_and_desktop")),
    )

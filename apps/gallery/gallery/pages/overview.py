"""The gallery's first page: what there is."""

import reflex as rx

from gallery.frame import PAGES, page


@rx.page(route="/", title="Gallery")
def index() -> rx.Component:
    """The pages, each as a card that leads to it."""
    return page(
        "Gallery",
        rx.grid(
            *[_card(route, title) for route, title in PAGES if route != "/"],
            columns=rx.breakpoints(initial="1", sm="2", lg="3"),
            spacing="4",
            width="100%",
        ),
    )


def _card(route: str, title: str) -> rx.Component:
    return rx.link(rx.card(rx.text(title, weight="medium")), href=route, underline="none")

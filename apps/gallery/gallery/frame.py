"""What every page of the gallery stands in: the list of pages beside it, a title, samples.

Not here: the components on show, which are in `pages`.
"""

import reflex as rx

# Route and title of every page, in the order of the list.
PAGES = [
    ("/", "Overview"),
    ("/layout", "Layout"),
    ("/typography", "Typography"),
    ("/controls", "Controls"),
    ("/forms", "Forms"),
    ("/overlays", "Overlays"),
    ("/disclosure", "Disclosure"),
    ("/data-display", "Data display"),
    ("/html", "HTML"),
    ("/svg", "SVG"),
    ("/charts", "Charts"),
    ("/data", "Data"),
    ("/icons", "Icons"),
    ("/upload", "Upload"),
    ("/content", "Content"),
    ("/media", "Media"),
    ("/behaviour", "Behaviour"),
]


def page(title: str, *samples: rx.Component) -> rx.Component:
    """A page with its title above its samples."""
    return rx.flex(
        _navigation(),
        rx.el.main(
            rx.vstack(
                rx.hstack(
                    rx.heading(title, size="7", as_="h1"),
                    rx.spacer(),
                    rx.color_mode.button(),
                    width="100%",
                    align="center",
                ),
                *samples,
                spacing="5",
                width="100%",
            ),
            flex="1",
            min_width="0",
            padding="32px",
        ),
        direction=rx.breakpoints(initial="column", md="row"),
        min_height="100vh",
    )


def sample(title: str, *children: rx.Component, **props) -> rx.Component:
    """A component on show, under its name."""
    return rx.card(
        rx.vstack(
            rx.heading(title, size="3", as_="h2"),
            *children,
            spacing="3",
            width="100%",
            **props,
        ),
        width="100%",
    )


def _navigation() -> rx.Component:
    return rx.el.nav(
        rx.vstack(
            rx.text("Gallery", weight="bold", size="4"),
            *[rx.link(title, href=route, size="2") for route, title in PAGES],
            spacing="2",
        ),
        aria_label="Pages",
        padding="32px 24px",
        min_width="200px",
        background=rx.color("gray", 2),
    )

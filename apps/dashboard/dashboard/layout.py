"""What every page stands in: the sidebar, which is a drawer on a phone, and the bar at the top."""

import reflex as rx

NAME = "Kestrel"
# Route, title and icon of every page, in the order of the navigation.
PAGES = [
    ("/", "Overview", "layout-dashboard"),
    ("/orders", "Orders", "receipt"),
    ("/customers", "Customers", "users"),
    ("/settings", "Settings", "settings"),
]
_SIDEBAR_WIDTH = "232px"
_LINE = f"1px solid {rx.color('gray', 5)}"
# From this width on there is room for the sidebar.
_WIDE = {"display": ["none", "none", "none", "flex"]}
_NARROW = {"display": ["flex", "flex", "flex", "none"]}


def page(title: str, *content: rx.Component, tools: rx.Component | None = None) -> rx.Component:
    """A page with its title, and its tools beside it."""
    return rx.flex(
        _sidebar(title),
        rx.flex(
            _top_bar(title),
            rx.el.main(
                rx.vstack(
                    rx.flex(
                        rx.heading(title, as_="h1", size="7", letter_spacing="-0.02em"),
                        rx.spacer(),
                        tools,
                        align="center",
                        gap="12px",
                        wrap="wrap",
                        width="100%",
                    ),
                    *content,
                    spacing="5",
                    width="100%",
                    max_width="1240px",
                    margin_x="auto",
                ),
                padding=["20px 16px 40px", "24px 24px 48px", "32px"],
                flex="1",
            ),
            direction="column",
            flex="1",
            min_width="0",
        ),
        min_height="100vh",
        background=rx.color("gray", 2),
    )


def panel(title: str, *content: rx.Component, note: str = "", **props) -> rx.Component:
    """A card with a title, as most of the dashboard is made of."""
    return rx.card(
        rx.vstack(
            rx.vstack(
                rx.heading(title, as_="h2", size="4"),
                rx.text(note, size="2", color=rx.color("gray", 11)) if note else None,
                spacing="1",
            ),
            *content,
            spacing="4",
            width="100%",
        ),
        size=rx.breakpoints(initial="2", sm="3"),
        width="100%",
        min_width="0",
        **props,
    )


def money(amount: rx.Var[float] | float) -> str:
    """An amount as it is written everywhere."""
    return f"€{amount:,.2f}"


def _sidebar(current: str) -> rx.Component:
    return rx.flex(
        _brand(),
        _navigation(current),
        rx.spacer(),
        _user(),
        direction="column",
        gap="24px",
        width=_SIDEBAR_WIDTH,
        flex_shrink="0",
        height="100vh",
        position="sticky",
        top="0",
        padding="20px 16px",
        border_right=_LINE,
        background=rx.color("gray", 1),
        **_WIDE,
    )


def _top_bar(current: str) -> rx.Component:
    """The bar of narrow windows: what opens the drawer, and the name."""
    return rx.flex(
        rx.drawer.root(
            rx.drawer.trigger(
                rx.icon_button(
                    rx.icon("menu", size=20),
                    variant="ghost",
                    color_scheme="gray",
                    size="3",
                    aria_label="Open the navigation",
                )
            ),
            rx.drawer.overlay(z_index="20"),
            rx.drawer.portal(
                rx.drawer.content(
                    rx.flex(
                        rx.drawer.title(_brand()),
                        rx.drawer.description("Pages of the dashboard", display="none"),
                        _navigation(current),
                        rx.spacer(),
                        _user(),
                        direction="column",
                        gap="24px",
                        width="100%",
                        height="100%",
                    ),
                    top="0",
                    right="auto",
                    height="100%",
                    width="min(280px, 84vw)",
                    padding="20px 16px",
                    background=rx.color("gray", 1),
                    z_index="21",
                )
            ),
            direction="left",
        ),
        _brand(),
        rx.spacer(),
        _mode_button(),
        align="center",
        gap="16px",
        padding="10px 16px",
        position="sticky",
        top="0",
        z_index="10",
        border_bottom=_LINE,
        background=rx.color("gray", 1),
        **_NARROW,
    )


def _brand() -> rx.Component:
    return rx.flex(
        rx.center(
            rx.icon("bird", size=18, color="white"),
            width="32px",
            height="32px",
            border_radius="9px",
            background=f"linear-gradient(140deg, {rx.color('indigo', 9)}, {rx.color('violet', 9)})",
        ),
        rx.text(NAME, weight="bold", size="4", letter_spacing="-0.01em"),
        align="center",
        gap="10px",
    )


def _navigation(current: str) -> rx.Component:
    return rx.el.nav(
        rx.vstack(
            *[_navigation_link(*entry, is_current=entry[1] == current) for entry in PAGES],
            spacing="1",
        ),
        aria_label="Main",
    )


def _navigation_link(route: str, title: str, icon: str, is_current: bool) -> rx.Component:
    return rx.link(
        rx.flex(rx.icon(icon, size=18), title, align="center", gap="12px"),
        href=route,
        underline="none",
        size="2",
        weight="medium",
        width="100%",
        padding="9px 12px",
        border_radius="var(--radius-3)",
        color=rx.color("indigo", 11) if is_current else rx.color("gray", 11),
        background=rx.color("indigo", 3) if is_current else "transparent",
        _hover={"background": rx.color("indigo" if is_current else "gray", 4)},
        custom_attrs={"aria-current": "page"} if is_current else {},
    )


def _user() -> rx.Component:
    return rx.flex(
        rx.avatar(fallback="MK", size="2", radius="full"),
        rx.box(
            rx.text("Mira Kessler", size="2", weight="medium"),
            rx.text("Owner", size="1", color=rx.color("gray", 11)),
            flex="1",
        ),
        _mode_button(),
        align="center",
        gap="10px",
        padding_top="16px",
        border_top=_LINE,
    )


def _mode_button() -> rx.Component:
    return rx.color_mode.button(aria_label="Toggle dark mode", size="2")

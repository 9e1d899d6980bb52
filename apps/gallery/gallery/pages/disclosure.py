"""What shows one part of its content at a time."""

import reflex as rx

from gallery.frame import page, sample

_VARIANTS = ("classic", "soft", "surface", "outline", "ghost")


@rx.page(route="/disclosure", title="Disclosure")
def disclosure() -> rx.Component:
    """Accordions, tabs, segmented controls."""
    return page(
        "Disclosure",
        *[sample(f"accordion: {variant}", _accordion(variant)) for variant in _VARIANTS],
        sample("accordion: dividers, colour, several open", _several()),
        sample("accordion of parts", _parts()),
        sample("tabs", _tabs("horizontal")),
        sample("tabs: vertical", _tabs("vertical")),
        sample("segmented_control", _segmented_control()),
    )


def _accordion(variant: str) -> rx.Component:
    return rx.accordion.root(
        rx.accordion.item(header="First", content="What the first one holds.", value="first"),
        rx.accordion.item(header="Second", content="What the second one holds."),
        rx.accordion.item(header="Third", content="What the third one holds.", disabled=True),
        default_value="first",
        collapsible=True,
        variant=variant,
        width="320px",
    )


def _several() -> rx.Component:
    return rx.accordion.root(
        *[
            rx.accordion.item(
                header=rx.text(f"Number {name}"),
                content=rx.badge(f"open {name}", color_scheme="gray"),
                value=name,
            )
            for name in "ab"
        ],
        type="multiple",
        default_value=["a", "b"],
        variant="soft",
        color_scheme="grass",
        radius="large",
        show_dividers=True,
        duration=100,
        easing="ease-out",
        width="320px",
    )


def _parts() -> rx.Component:
    return rx.accordion.root(
        rx.accordion.item(
            rx.accordion.header(
                rx.accordion.trigger("Header and icon of the page's own", rx.accordion.icon())
            ),
            rx.accordion.content("The content."),
            value="own",
        ),
        variant="outline",
        width="100%",
    )


def _tabs(orientation: str) -> rx.Component:
    return rx.tabs.root(
        rx.tabs.list(
            rx.tabs.trigger("Account", value="account"),
            rx.tabs.trigger("Documents", value="documents", color_scheme="ruby"),
            rx.tabs.trigger("Settings", value="settings", disabled=True),
        ),
        rx.tabs.content(rx.text("Your account.", padding="12px"), value="account"),
        rx.tabs.content(rx.text("Your documents.", padding="12px"), value="documents"),
        default_value="account",
        orientation=orientation,
        width="100%",
    )


def _segmented_control() -> rx.Component:
    return rx.hstack(
        rx.segmented_control.root(
            rx.segmented_control.item("Inbox", value="inbox"),
            rx.segmented_control.item("Drafts", value="drafts"),
            rx.segmented_control.item("Sent", value="sent"),
            default_value="drafts",
        ),
        rx.segmented_control.root(
            rx.segmented_control.item("Day", value="day"),
            rx.segmented_control.item("Week", value="week"),
            default_value="day",
            variant="classic",
            radius="full",
            size="1",
        ),
        align="center",
        wrap="wrap",
    )

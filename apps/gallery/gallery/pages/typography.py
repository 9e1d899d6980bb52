"""Text in all its kinds."""

import reflex as rx

from gallery.frame import page, sample

_SIZES = [str(number) for number in range(1, 10)]


@rx.page(route="/typography", title="Typography")
def typography() -> rx.Component:
    """Text, headings, links, lists."""
    return page(
        "Typography",
        sample("heading", *[rx.heading(f"Size {size}", size=size, as_="h3") for size in _SIZES]),
        sample("text", *[rx.text(f"Size {size}", size=size) for size in _SIZES]),
        sample("text: weight, colour, alignment", _looks()),
        sample("text.em, kbd, quote, span, strong", _inline()),
        sample("blockquote", rx.blockquote("Simplicity is prerequisite for reliability.")),
        sample("code", _code()),
        sample("link", _links()),
        sample("list, list.unordered, list.ordered, list.item", _lists()),
        sample("icon", _icons()),
        sample("logo", rx.logo()),
    )


def _looks() -> rx.Component:
    return rx.vstack(
        *[rx.text(weight, weight=weight) for weight in ("light", "regular", "medium", "bold")],
        rx.text("In another colour", color_scheme="grass"),
        rx.text("With more contrast", color_scheme="grass", high_contrast=True),
        rx.text("On the right", align="right", width="100%"),
        rx.text("Trimmed", trim="both", background=rx.color("accent", 3)),
        width="100%",
    )


def _inline() -> rx.Component:
    return rx.text(
        rx.text.em("stressed"),
        ", ",
        rx.text.strong("important"),
        ", ",
        rx.text.quote("quoted"),
        ", ",
        rx.text.span("in another colour", color_scheme="ruby"),
        " and ",
        rx.text.kbd("Ctrl + K"),
    )


def _code() -> rx.Component:
    variants = ("soft", "solid", "outline", "ghost")
    return rx.hstack(*[rx.code(f"{variant}()", variant=variant) for variant in variants])


def _links() -> rx.Component:
    return rx.vstack(
        rx.link("To the overview", href="/"),
        rx.link("Always underlined", href="/", underline="always"),
        rx.link("In a new window", href="https://example.org", is_external=True),
        rx.link("In another colour", href="/", color_scheme="grass", weight="bold"),
    )


def _lists() -> rx.Component:
    return rx.hstack(
        rx.list(items=["plain", "list"]),
        rx.list.unordered(rx.list.item("first"), rx.list.item("second")),
        rx.list.ordered(items=["one", "two"], list_style_type="lower-roman"),
        rx.unordered_list(rx.list_item("under its"), rx.list_item("old name")),
        rx.ordered_list(items=["old", "name"], start=3),
        spacing="6",
        wrap="wrap",
    )


def _icons() -> rx.Component:
    return rx.hstack(
        rx.icon("heart", color="red"),
        rx.icon("cloud-sun", size=32, stroke_width=1),
        rx.icon(tag="arrow_right", aria_label="to the right"),
    )

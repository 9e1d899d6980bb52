"""What shows data and states."""

import reflex as rx

from gallery.frame import page, sample


@rx.page(route="/data-display", title="Data display")
def data_display() -> rx.Component:
    """Tables, lists of data, badges, callouts, what shows that something is under way."""
    return page(
        "Data display",
        sample("table", _table("surface"), _table("ghost")),
        sample("data_list", _data_list()),
        sample("card", _cards()),
        sample("badge", _badges()),
        sample("avatar", _avatars()),
        sample("callout", _callouts()),
        sample("progress", _progress()),
        sample("radix.primitives.progress", _primitive_progress()),
        sample("spinner", _spinners()),
        sample("skeleton", _skeletons()),
    )


def _table(variant: str) -> rx.Component:
    people = [("Ada", "ada@example.org", "Author"), ("Bo", "bo@example.org", "Reader")]
    return rx.table.root(
        rx.table.header(
            rx.table.row(
                *[rx.table.column_header_cell(name) for name in ("Name", "Address")],
                rx.table.column_header_cell("Role", justify="end"),
            )
        ),
        rx.table.body(
            *[
                rx.table.row(
                    rx.table.row_header_cell(name),
                    rx.table.cell(address),
                    rx.table.cell(role, justify="end"),
                    align="center",
                )
                for name, address, role in people
            ]
        ),
        variant=variant,
        size="2",
        width="100%",
    )


def _data_list() -> rx.Component:
    return rx.data_list.root(
        rx.data_list.item(
            rx.data_list.label("Status", color_scheme="gray"),
            rx.data_list.value(rx.badge("Open", color_scheme="grass")),
            align="center",
        ),
        rx.data_list.item(
            rx.data_list.label("Name", min_width="88px"), rx.data_list.value("Ada")
        ),
        orientation="horizontal",
        size="2",
    )


def _cards() -> rx.Component:
    return rx.hstack(
        *[
            rx.card(rx.text(variant), variant=variant, size="2")
            for variant in ("surface", "classic", "ghost")
        ],
        spacing="5",
    )


def _badges() -> rx.Component:
    variants = ("solid", "soft", "surface", "outline")
    return rx.hstack(
        *[rx.badge(variant, variant=variant) for variant in variants],
        rx.badge("large", size="3", radius="full", color_scheme="grass"),
        align="center",
    )


def _avatars() -> rx.Component:
    sizes = ("1", "3", "5")
    return rx.hstack(
        *[rx.avatar(fallback="AB", size=size, high_contrast=True) for size in sizes],
        rx.avatar(fallback="R", radius="full", variant="solid"),
        align="center",
    )


def _callouts() -> rx.Component:
    return rx.vstack(
        rx.callout("Something to know.", icon="info"),
        rx.callout("Something went wrong.", icon="triangle_alert", color_scheme="red", role="alert"),
        rx.callout.root(
            rx.callout.icon(rx.icon("check")),
            rx.callout.text("Made of its parts."),
            variant="surface",
            color_scheme="grass",
            size="1",
        ),
    )


def _progress() -> rx.Component:
    return rx.vstack(
        rx.progress(value=30, aria_label="30 of 100"),
        rx.progress(value=3, max=4, size="3", variant="soft", aria_label="3 of 4"),
        rx.progress(value=60, color_scheme="grass", radius="none", aria_label="60 of 100"),
        rx.progress(value=45, fill_color="tomato", aria_label="45 of 100"),
        width="100%",
    )


def _primitive_progress() -> rx.Component:
    progress = rx.radix.primitives.progress
    return rx.vstack(
        progress(value=40, color_scheme="ruby", aria_label="40 of 100"),
        progress.root(
            progress.indicator(value=2, max=3),
            value=2,
            max=3,
            radius="full",
            aria_label="2 of 3",
        ),
        width="100%",
    )


def _spinners() -> rx.Component:
    return rx.hstack(
        *[rx.spinner(size=size) for size in ("1", "2", "3")],
        rx.spinner(rx.text("there already"), loading=False),
        align="center",
    )


def _skeletons() -> rx.Component:
    return rx.vstack(
        rx.skeleton(width="160px", height="20px"),
        rx.skeleton(rx.text("A text that is on its way"), loading=True),
        rx.skeleton(rx.text("A text that has come"), loading=False),
    )

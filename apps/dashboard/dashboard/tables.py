"""What the tables of orders and of customers have in common: pages, sorting, headers."""

import reflex as rx

PAGE_SIZE = 12


class Paged(rx.State, mixin=True):
    """Rows that are shown a page at a time, in an order that a click on a header chooses."""

    page: int = 0
    sort: str = ""
    descending: bool = True

    @rx.event
    def previous_page(self):
        self.page = max(0, self.page - 1)

    @rx.event
    def next_page(self):
        self.page = min(self.page + 1, max(0, self.count - 1) // PAGE_SIZE)

    @rx.event
    def sort_by(self, column: str):
        self.descending = not self.descending if self.sort == column else True
        self.sort = column
        self.page = 0

    def _page_of(self, rows: list) -> list:
        """The rows of the page, in order."""
        if self.sort:
            rows = sorted(rows, key=lambda row: getattr(row, self.sort), reverse=self.descending)
        return rows[self.page * PAGE_SIZE : (self.page + 1) * PAGE_SIZE]


def header(state: type[Paged], column: str, title: str, **props) -> rx.Component:
    """A column's header, which sorts by the column."""
    is_sorted = state.sort == column
    return rx.table.column_header_cell(
        rx.el.button(
            title,
            rx.cond(
                is_sorted & ~state.descending,
                rx.icon("chevron-up", size=14),
                rx.icon("chevron-down", size=14, opacity=rx.cond(is_sorted, "1", "0.35")),
            ),
            type="button",
            on_click=state.sort_by(column),
            display="inline-flex",
            align_items="center",
            gap="4px",
            padding="0",
            border="0",
            background="transparent",
            color="inherit",
            font="inherit",
            cursor="pointer",
        ),
        aria_sort=rx.cond(is_sorted, rx.cond(state.descending, "descending", "ascending"), "none"),
        **props,
    )


def search_box(state: type[Paged], label: str) -> rx.Component:
    """A field whose text the rows have to contain."""
    return rx.input(
        rx.input.slot(rx.icon("search", size=16)),
        value=state.search,
        on_change=state.find,
        placeholder=f"{label} …",
        aria_label=label,
        type="search",
        flex="1 1 220px",
    )


def choice(label: str, options: list[str], value: rx.Var[str], on_change) -> rx.Component:
    """One of a few words."""
    return rx.select.root(
        rx.select.trigger(aria_label=label, flex=["1 1 150px", "1 1 150px", "0 0 140px"]),
        rx.select.content(*[rx.select.item(option, value=option) for option in options]),
        value=value,
        on_change=on_change,
    )


def pager(state: type[Paged], what: str) -> rx.Component:
    """How many rows there are, and the way to the next ones."""
    last = (state.count - 1) // PAGE_SIZE
    return rx.flex(
        rx.text(state.count, f" {what}", size="2", color=rx.color("gray", 11), role="status"),
        rx.spacer(),
        _step("chevron-left", "Previous page", state.previous_page, state.page == 0),
        rx.text(
            "Page ", state.page + 1, " of ", last + 1, size="2", font_variant_numeric="tabular-nums"
        ),
        _step("chevron-right", "Next page", state.next_page, state.page >= last),
        align="center",
        gap="12px",
        width="100%",
    )


def _step(icon: str, label: str, on_click, disabled: rx.Var[bool]) -> rx.Component:
    return rx.icon_button(
        rx.icon(icon, size=18),
        aria_label=label,
        on_click=on_click,
        disabled=disabled,
        variant="soft",
        color_scheme="gray",
    )

"""Everybody who has bought something, and how much."""

import reflex as rx

from . import figures, tables
from .figures import CustomerRow
from .layout import money, page, panel
from .settings import SettingsState

ALL = "Everyone"
_SEGMENT_COLORS = {"Gold": "amber", "Silver": "indigo", "Starter": "gray"}
_CUSTOMERS = figures.customer_rows()


class CustomersState(tables.Paged, rx.State):
    """Who is looked for."""

    sort: str = "spent"
    search: str = ""
    segment: str = ALL

    @rx.event
    def find(self, text: str):
        self.search, self.page = text, 0

    @rx.event
    def choose_segment(self, segment: str):
        self.segment, self.page = segment, 0

    @rx.var
    def count(self) -> int:
        return len(self._matching())

    @rx.var
    def rows(self) -> list[CustomerRow]:
        return self._page_of(self._matching())

    def _matching(self) -> list[CustomerRow]:
        wanted = self.search.strip().lower()
        return [
            row
            for row in _CUSTOMERS
            if self.segment in (ALL, row.segment) and wanted in f"{row.name} {row.city}".lower()
        ]


@rx.page(route="/customers", title="Customers · Kestrel", description="Who buys, and how much.")
def customers() -> rx.Component:
    return page(
        "Customers",
        rx.grid(
            *[_segment(name, color) for name, color in _SEGMENT_COLORS.items()],
            columns=rx.breakpoints(initial="1", sm="3"),
            gap="16px",
            width="100%",
        ),
        panel(
            "All customers",
            rx.flex(
                tables.search_box(CustomersState, "Search customers"),
                tables.choice(
                    "Segment",
                    [ALL, *_SEGMENT_COLORS],
                    CustomersState.segment,
                    CustomersState.choose_segment,
                ),
                wrap="wrap",
                gap="12px",
                width="100%",
            ),
            _table(),
            tables.pager(CustomersState, "customers"),
        ),
    )


def _segment(name: str, color: str) -> rx.Component:
    members = [row for row in _CUSTOMERS if row.segment == name]
    return rx.card(
        rx.flex(
            rx.badge(name, color_scheme=color, size="2", radius="full"),
            rx.spacer(),
            rx.text(len(members), " customers", size="2", color=rx.color("gray", 11)),
            align="center",
        ),
        rx.text(
            f"€{sum(row.spent for row in members):,.0f}",
            size="6",
            weight="bold",
            letter_spacing="-0.02em",
            margin_top="12px",
        ),
        size="3",
    )


def _table() -> rx.Component:
    return rx.table.root(
        rx.table.header(
            rx.table.row(
                tables.header(CustomersState, "name", "Customer"),
                tables.header(CustomersState, "city", "City"),
                tables.header(CustomersState, "segment", "Segment"),
                tables.header(CustomersState, "last_order", "Last order"),
                tables.header(CustomersState, "orders", "Orders", justify="end"),
                tables.header(CustomersState, "spent", "Spent", justify="end"),
            )
        ),
        rx.table.body(rx.foreach(CustomersState.rows, _row)),
        variant="surface",
        size=rx.cond(SettingsState.is_compact, "1", "2"),
        width="100%",
    )


def _row(row: rx.Var[CustomerRow]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(
            rx.flex(
                rx.avatar(fallback=row.initials, size="2", radius="full", variant="soft"),
                rx.box(
                    rx.text(row.name, size="2", weight="medium", white_space="nowrap"),
                    rx.text(row.email, size="1", color=rx.color("gray", 11)),
                ),
                align="center",
                gap="12px",
            )
        ),
        rx.table.cell(row.city),
        rx.table.cell(
            rx.badge(
                row.segment,
                color_scheme=rx.match(row.segment, *_SEGMENT_COLORS.items(), "gray"),
                radius="full",
            )
        ),
        rx.table.cell(row.last_order, white_space="nowrap"),
        rx.table.cell(row.orders, justify="end"),
        rx.table.cell(money(row.spent), justify="end", font_variant_numeric="tabular-nums"),
        align="center",
    )

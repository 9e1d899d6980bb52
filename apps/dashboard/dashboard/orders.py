"""All orders: searched, filtered, sorted, a page at a time; one of them in full."""

import csv
import io

import reflex as rx

from . import tables
from .data import ORDERS, STATUSES, Line, Order
from .layout import money, page, panel
from .settings import SettingsState

ALL = "All"
_STATUS_COLORS = {"Pending": "amber", "Paid": "indigo", "Shipped": "green", "Refunded": "red"}
_COLUMNS = ["number", "customer", "date", "channel", "status", "total"]
# What only a wide window has room for, and what is set to the right.
_WIDE = {"display": ["none", "none", "table-cell"]}
_PLACES = {"date": _WIDE, "channel": _WIDE, "total": {"justify": "end"}}


class OrdersState(tables.Paged, rx.State):
    """What is looked for, and which order is open."""

    sort: str = "date"
    search: str = ""
    status: str = ALL
    first: str = ""
    last: str = ""
    opened: Order = Order()

    @rx.event
    def find(self, text: str):
        self.search, self.page = text, 0

    @rx.event
    def choose_status(self, status: str):
        self.status, self.page = status, 0

    @rx.event
    def begin_at(self, date: str):
        self.first, self.page = date, 0

    @rx.event
    def end_at(self, date: str):
        self.last, self.page = date, 0

    @rx.event
    def clear(self):
        self.reset()

    @rx.event
    def open_order(self, number: str):
        self.opened = next(order for order in ORDERS if order.number == number)

    @rx.event
    def close_order(self, is_open: bool):
        if not is_open:
            self.opened = Order()

    @rx.event
    def export(self):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(_COLUMNS)
        writer.writerows([getattr(order, name) for name in _COLUMNS] for order in self._matching())
        return rx.download(data=text.getvalue(), filename="orders.csv")

    @rx.var
    def count(self) -> int:
        return len(self._matching())

    @rx.var
    def rows(self) -> list[Order]:
        return self._page_of(self._matching())

    def _matching(self) -> list[Order]:
        wanted, first, last = self.search.strip().lower(), self.first, self.last
        return [
            order
            for order in ORDERS
            if self.status in (ALL, order.status)
            and (not first or order.date >= first)
            and (not last or order.date <= last)
            and wanted in f"{order.number} {order.customer} {order.city}".lower()
        ]


def status_badge(status: str | rx.Var[str]) -> rx.Component:
    """An order's status in its colour."""
    color = rx.match(status, *_STATUS_COLORS.items(), "gray")
    return rx.badge(status, color_scheme=color, radius="full")


@rx.page(route="/orders", title="Orders · Kestrel", description="All orders, and each in full.")
def orders() -> rx.Component:
    return page(
        "Orders",
        panel(
            "All orders",
            _filters(),
            rx.cond(OrdersState.count > 0, _table(), _nothing()),
            tables.pager(OrdersState, "orders"),
        ),
        _details(),
        tools=rx.button(
            rx.icon("download", size=16), "Export", variant="soft", on_click=OrdersState.export
        ),
    )


def _filters() -> rx.Component:
    return rx.flex(
        tables.search_box(OrdersState, "Search orders"),
        tables.choice("Status", [ALL, *STATUSES], OrdersState.status, OrdersState.choose_status),
        _date("From", OrdersState.first, OrdersState.begin_at),
        _date("To", OrdersState.last, OrdersState.end_at),
        wrap="wrap",
        gap="12px",
        width="100%",
    )


def _date(label: str, value: rx.Var[str], on_change) -> rx.Component:
    return rx.input(
        rx.input.slot(rx.text(label, size="1")),
        type="date",
        value=value,
        on_change=on_change,
        aria_label=label,
        flex=["1 1 150px", "1 1 150px", "0 0 auto"],
    )


def _table() -> rx.Component:
    return rx.table.root(
        rx.table.header(
            rx.table.row(
                *[
                    tables.header(OrdersState, name, name.capitalize(), **_PLACES.get(name, {}))
                    for name in _COLUMNS
                ]
            )
        ),
        rx.table.body(rx.foreach(OrdersState.rows, _row)),
        variant="surface",
        size=rx.cond(SettingsState.is_compact, "1", "2"),
        width="100%",
    )


def _row(order: rx.Var[Order]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(
            rx.button(
                order.number,
                variant="ghost",
                on_click=OrdersState.open_order(order.number),
                aria_label=f"Order {order.number}",
            )
        ),
        rx.table.cell(order.customer, white_space="nowrap"),
        rx.table.cell(order.date, white_space="nowrap", **_WIDE),
        rx.table.cell(order.channel, **_WIDE),
        rx.table.cell(status_badge(order.status)),
        rx.table.cell(money(order.total), justify="end", font_variant_numeric="tabular-nums"),
        align="center",
        _hover={"background": rx.color("gray", 3)},
    )


def _nothing() -> rx.Component:
    return rx.center(
        rx.vstack(
            rx.icon("search-x", size=32, color=rx.color("gray", 9)),
            rx.text("No order matches.", weight="medium"),
            rx.button("Clear the filters", variant="soft", on_click=OrdersState.clear),
            align="center",
        ),
        width="100%",
        padding="48px 0",
    )


def _details() -> rx.Component:
    order = OrdersState.opened
    return rx.dialog.root(
        rx.dialog.content(
            rx.flex(
                rx.dialog.title("Order ", order.number, margin="0"),
                status_badge(order.status),
                align="center",
                gap="12px",
            ),
            rx.dialog.description(
                order.customer, ", ", order.city, size="2", color=rx.color("gray", 11)
            ),
            rx.data_list.root(
                _fact("Placed", order.date),
                _fact("Channel", order.channel),
                _fact("Email", rx.link(order.email, href=f"mailto:{order.email}")),
                margin_y="20px",
            ),
            rx.table.root(
                rx.table.header(
                    rx.table.row(
                        rx.table.column_header_cell("Product"),
                        rx.table.column_header_cell("Quantity", justify="end"),
                        rx.table.column_header_cell("Price", justify="end"),
                    )
                ),
                rx.table.body(
                    rx.foreach(order.lines, _line),
                    rx.table.row(
                        rx.table.row_header_cell("Total", col_span=2),
                        rx.table.cell(money(order.total), justify="end", font_weight="700"),
                    ),
                ),
                size="1",
                variant="surface",
            ),
            rx.flex(
                rx.dialog.close(rx.button("Close", variant="soft")),
                justify="end",
                margin_top="20px",
            ),
            max_width="520px",
        ),
        open=order.number != "",
        on_open_change=OrdersState.close_order,
    )


def _fact(label: str, value: rx.Var | rx.Component) -> rx.Component:
    return rx.data_list.item(rx.data_list.label(label), rx.data_list.value(value))


def _line(line: rx.Var[Line]) -> rx.Component:
    return rx.table.row(
        rx.table.cell(line.product),
        rx.table.cell(line.quantity, justify="end"),
        rx.table.cell(money(line.price), justify="end"),
    )

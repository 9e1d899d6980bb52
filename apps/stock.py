"""Stock: a table of a thousand rows in which one cell is edited at a time.

Click a cell, type, press Enter. Only that cell travels, in both directions.
"""

import random
from typing import TypedDict

import reflex as rx

ROW_COUNT = 1000
COLUMNS = ["item", "material", "shelf", "quantity", "price"]
NUMBER_COLUMNS = {"quantity": int, "price": float}

ITEMS = ["Bolt", "Bracket", "Hinge", "Hook", "Latch", "Nut", "Rivet", "Screw", "Spring", "Washer"]
MATERIALS = ["Brass", "Bronze", "Copper", "Nylon", "Steel", "Titanium", "Zinc"]


class Row(TypedDict):
    """One line of the stock list."""

    item: str
    material: str
    shelf: str
    quantity: int
    price: float
    editing: str  # the column that is being edited, or nothing


def make_row(number: int) -> Row:
    """The same rows for everyone: what is in stock depends on the row's number alone."""
    return {
        "item": ITEMS[number % len(ITEMS)],
        "material": MATERIALS[number % len(MATERIALS)],
        "shelf": f"{'ABCDEFGH'[number % 8]}-{number // 8 + 1:03}",
        "quantity": number * 37 % 500,
        "price": (number * 7919 % 9900 + 100) / 100,
        "editing": "",
    }


class StockState(rx.State):
    """One visitor's copy of the stock list."""

    rows: list[Row] = [make_row(number) for number in range(ROW_COUNT)]
    repriced: int = 0

    @rx.event
    def edit(self, index: int, column: str):
        self.rows[index]["editing"] = column

    @rx.event
    def save(self, index: int, column: str, text: str):
        row = self.rows[index]
        if row["editing"] != column:
            return None
        row["editing"] = ""
        try:
            row[column] = NUMBER_COLUMNS.get(column, str)(text.strip())
        except ValueError:
            return rx.toast.error(f"{column.capitalize()} must be a number, not {text!r}")

    @rx.event
    def submit(self, index: int, column: str, form: dict):
        return self.save(index, column, form["text"])

    @rx.event
    def reprice(self):
        index = random.randrange(ROW_COUNT)
        self.rows[index]["price"] = random.randint(100, 9999) / 100
        self.repriced = index + 1


def cell_editor(row: rx.Var[Row], index: rx.Var[int], column: str) -> rx.Component:
    return rx.form(
        rx.el.input(
            name="text",
            default_value=row[column],
            auto_focus=True,
            on_blur=StockState.save(index, column),
            aria_label=column,
            width="100%",
            border=f"1px solid {rx.color('accent', 8)}",
            border_radius="var(--radius-2)",
            background=rx.color("gray", 1),
            color="inherit",
            font="inherit",
            padding="0 0.4em",
        ),
        on_submit=StockState.submit(index, column),
    )


def shown(row: rx.Var[Row], column: str) -> rx.Var | str:
    return f"{row[column]:,.2f}" if column == "price" else row[column]


def cell_text(row: rx.Var[Row], index: rx.Var[int], column: str) -> rx.Component:
    return rx.el.button(
        shown(row, column),
        type="button",
        on_click=StockState.edit(index, column),
        width="100%",
        min_height="1.6em",
        padding="0 0.4em",
        border="1px solid transparent",
        border_radius="var(--radius-2)",
        background="transparent",
        color="inherit",
        font="inherit",
        text_align="right" if column in NUMBER_COLUMNS else "left",
        cursor="text",
        _hover={"border_color": rx.color("accent", 7)},
    )


def cell(row: rx.Var[Row], index: rx.Var[int], column: str) -> rx.Component:
    return rx.table.cell(
        rx.cond(
            row["editing"] == column,
            cell_editor(row, index, column),
            cell_text(row, index, column),
        )
    )


def table_row(row: rx.Var[Row], index: rx.Var[int]) -> rx.Component:
    return rx.table.row(*[cell(row, index, column) for column in COLUMNS])


def column_header(column: str) -> rx.Component:
    return rx.table.column_header_cell(
        column.capitalize(),
        text_align="right" if column in NUMBER_COLUMNS else "left",
        padding_x="calc(var(--table-cell-padding) + 0.4em + 1px)",
    )


def stock_table() -> rx.Component:
    return rx.table.root(
        rx.table.header(rx.table.row(*[column_header(column) for column in COLUMNS])),
        rx.table.body(rx.foreach(StockState.rows, table_row)),
        variant="surface",
        size="1",
        width="100%",
        table_layout="fixed",
        font_variant_numeric="tabular-nums",
    )


def header() -> rx.Component:
    return rx.hstack(
        rx.vstack(
            rx.heading("Stock", size="7"),
            rx.text(
                f"{ROW_COUNT:,} rows. Click a cell to change it.",
                color=rx.color("gray", 11),
                size="2",
            ),
            spacing="1",
        ),
        rx.spacer(),
        rx.cond(
            StockState.repriced > 0,
            rx.badge("Row ", StockState.repriced, " repriced", size="2", role="status"),
        ),
        rx.button(
            rx.icon("shuffle", size=16), "Change a random price", on_click=StockState.reprice
        ),
        rx.color_mode.button(aria_label="Toggle dark mode"),
        align="center",
        spacing="4",
        width="100%",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(header(), stock_table(), spacing="5", padding_y="2em"),
        size="4",
    )


app = rx.App(theme=rx.theme(accent_color="amber", gray_color="sand"))
app.add_page(index, title="Stock", description="What is in stock, and at what price.")

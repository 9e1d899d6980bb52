"""Two tables of 10,000 rows, of which one cell is changed again and again."""

import reflex as rx

ROWS = 10_000


class Table(rx.State):
    rows: list[dict] = [{"name": f"row {row}", "value": row, "done": False} for row in range(ROWS)]

    @rx.event
    def change(self, row: int):
        self.rows[row]["value"] += 1


@rx.page(route="/")
def themed():
    return rx.box(
        _button(),
        rx.table.root(
            rx.table.body(
                rx.foreach(
                    Table.rows,
                    lambda row: rx.table.row(
                        rx.table.cell(row["name"]),
                        rx.table.cell(row["value"], class_name="value"),
                        rx.table.cell(rx.cond(row["done"], "done", "open")),
                    ),
                )
            )
        ),
    )


@rx.page(route="/plain")
def plain():
    return rx.box(
        _button(),
        rx.el.table(
            rx.el.tbody(
                rx.foreach(
                    Table.rows,
                    lambda row: rx.el.tr(
                        rx.el.td(row["name"]),
                        rx.el.td(row["value"], class_name="value"),
                        rx.el.td(rx.cond(row["done"], "done", "open")),
                    ),
                )
            )
        ),
    )


def _button():
    return rx.button("Change", on_click=Table.change(5_000), id="change")


app = rx.App()

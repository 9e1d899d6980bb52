"""A table of a hundred rows that never change: what a plain page of data costs."""

import reflex as rx

ROW_COUNT = 100
PLANETS = ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"]


class TableState(rx.State):
    rows: list[list[str]] = [
        [f"M-{number:03}", PLANETS[number % 8], f"{number * 7919 % 997}", f"{number * 31 % 60} d"]
        for number in range(1, ROW_COUNT + 1)
    ]


def index() -> rx.Component:
    return rx.container(
        rx.el.main(
            rx.heading("Missions", as_="h1", size="7", margin_bottom="16px"),
            rx.table.root(
                rx.table.header(
                    rx.table.row(
                        *[
                            rx.table.column_header_cell(name)
                            for name in ("Mission", "Planet", "Crew hours", "Duration")
                        ]
                    )
                ),
                rx.table.body(
                    rx.foreach(
                        TableState.rows,
                        lambda row: rx.table.row(rx.foreach(row, rx.table.cell)),
                    )
                ),
                variant="surface",
            ),
        ),
        padding_y="32px",
    )


app = rx.App()
app.add_page(index, title="Missions", description="A hundred missions to eight planets.")

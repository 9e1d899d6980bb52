"""Tables that can be searched, spreadsheets, charts of Plotly."""

import reflex as rx

from gallery.frame import page, sample

PEOPLE = [
    ["Ada", 36, "London"],
    ["Grace", 45, "New York"],
    ["Alan", 41, "Cambridge"],
    ["Emmy", 53, "Göttingen"],
]
COLUMNS = [
    {"title": "Name", "type": "str"},
    {"title": "Age", "type": "int"},
    {"title": "Active", "type": "bool"},
]


class DataState(rx.State):
    people: list[list] = PEOPLE
    cells: list[list] = [["Ada", 36, True], ["Grace", 45, False], ["Alan", 41, True]]
    edited: str = "nothing yet"
    point: str = "nothing yet"
    figure: dict = {
        "data": [{"type": "bar", "x": ["Mon", "Tue", "Wed"], "y": [3, 1, 2], "name": "tea"}],
        "layout": {"height": 260, "margin": {"t": 40, "b": 40}, "title": {"text": "Cups"}},
    }

    @rx.event
    def edit(self, cell: tuple[int, int], value: dict):
        column, row = cell
        self.cells[row][column] = value["data"]
        self.edited = f"column {column}, row {row}"

    @rx.event
    def click(self, points: list[dict]):
        self.point = str(points[0]["x"])


@rx.page(route="/data", title="Data")
def data() -> rx.Component:
    """Values in rows, columns and figures."""
    return page(
        "Data",
        sample(
            "data_table",
            rx.data_table(
                data=DataState.people,
                columns=["Name", "Age", "City"],
                search=True,
                sort=True,
                resizable=True,
                pagination={"limit": 3},
            ),
        ),
        sample(
            "data_editor",
            rx.data_editor(
                columns=COLUMNS,
                data=DataState.cells,
                on_cell_edited=DataState.edit,
                row_markers="number",
                height="180px",
            ),
            rx.text("Edited: ", DataState.edited),
        ),
        sample(
            "plotly",
            rx.plotly(
                data=DataState.figure,
                config={"displayModeBar": False},
                on_click=DataState.click,
                width="100%",
            ),
            rx.text("Clicked: ", DataState.point),
        ),
        sample(
            "plotly.basic",
            rx.plotly.basic(
                data={"data": [{"type": "scatter", "x": [1, 2, 3], "y": [2, 6, 3]}]},
                layout={"height": 260, "margin": {"t": 20, "b": 40}},
                config={"displayModeBar": False},
                width="100%",
            ),
        ),
    )

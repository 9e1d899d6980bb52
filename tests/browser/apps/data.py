"""Charts, tables, spreadsheets, uploads and icons, each with something that changes it."""

import reflex as rx


class Data(rx.State):
    sales: list[dict] = [{"day": "Mon", "cups": 10}, {"day": "Tue", "cups": 30}]
    people: list[list] = [["Grace", 45], ["Ada", 36], ["Emmy", 53]]
    cells: list[dict] = [{"name": "Ada", "age": 36}, {"name": "Grace", "age": 45}]
    figure: dict = {
        "data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}],
        "layout": {"height": 200, "width": 400},
    }
    told: str = ""
    icon: str = "plus"
    progress: int = 0

    @rx.event
    def sell(self):
        self.sales[0]["cups"] = 30
        self.sales.append({"day": "Wed", "cups": 15})

    @rx.event
    def meet(self):
        self.people.append(["Alan", 41])

    @rx.event
    def edit(self, cell: tuple[int, int], value: dict):
        self.cells[cell[1]][["name", "age"][cell[0]]] = value["data"]
        self.told = f"edited {cell[0]},{cell[1]}: {value['data']}"

    @rx.event
    def click_bar(self):
        self.told = "bar"

    @rx.event
    def click_point(self, points: list[dict]):
        self.told = f"point {points[0]['x']}"

    @rx.event
    async def take(self, files: list[rx.UploadFile], note: str):
        texts = [(await file.read()).decode() for file in files]
        names = [file.filename for file in files]
        self.told = f"{note}: {names} {texts} {files[0].size} {files[0].content_type}"

    @rx.event
    def follow(self, progress: dict):
        self.progress = round(progress["progress"] * 100)

    @rx.event
    def redraw(self):
        self.figure["data"][0]["y"] = [2, 1]
        self.icon = "minus"


def told() -> rx.Component:
    return rx.text(Data.told, id="told")


@rx.page(route="/")
def index() -> rx.Component:
    return rx.box(
        rx.recharts.bar_chart(
            rx.recharts.bar(
                rx.foreach(Data.sales, lambda _: rx.recharts.cell(fill="teal")),
                data_key="cups",
                is_animation_active=False,
                on_click=Data.click_bar,
            ),
            rx.recharts.x_axis(data_key="day"),
            data=Data.sales,
            width=400,
            height=200,
        ),
        rx.button("Sell", on_click=Data.sell),
        rx.icon(Data.icon, id="icon"),
        rx.foreach(["circle_plus", "no_such_icon"], lambda name: rx.icon(name, size=12)),
        rx.button("Redraw", on_click=Data.redraw),
        told(),
    )


@rx.page(route="/tables")
def tables() -> rx.Component:
    return rx.box(
        rx.data_table(
            data=Data.people, columns=["Name", "Age"], search=True, sort=True, pagination=True
        ),
        rx.button("Meet", on_click=Data.meet),
        rx.data_editor(
            columns=["Name", {"title": "Age", "type": "int"}],
            data=Data.cells,
            on_cell_edited=Data.edit,
            width="400px",
            height="200px",
        ),
        told(),
    )


@rx.page(route="/grids")
def grids() -> rx.Component:
    column = ["Name"]
    return rx.box(
        rx.box(rx.data_editor(columns=column, data=[["Ada"], ["Emmy"]]), id="free"),
        rx.box(rx.data_editor(columns=column, data=[["Ada"]] * 50), id="low", height="120px"),
    )


@rx.page(route="/plots")
def plots() -> rx.Component:
    return rx.box(
        rx.plotly(data=Data.figure, on_click=Data.click_point, id="plot"),
        rx.plotly.basic(data=Data.figure, id="basic"),
        rx.button("Redraw", on_click=Data.redraw),
        told(),
    )


@rx.page(route="/files")
def files() -> rx.Component:
    return rx.box(
        rx.upload(rx.text("Drop here"), id="one", accept={"text/plain": [".txt"]}),
        rx.box(rx.foreach(rx.selected_files("one"), rx.text), id="chosen"),
        rx.text(rx.selected_files("one").length(), id="count"),
        rx.button("Clear", on_click=rx.clear_selected_files("one")),
        rx.button(
            "Send",
            on_click=Data.take(
                rx.upload_files("one", on_upload_progress=Data.follow), "sent"
            ),
        ),
        rx.text(Data.progress, id="progress"),
        rx.upload(
            rx.text("Send at once"),
            id="two",
            on_drop=lambda files: Data.take(files, "dropped"),
        ),
        told(),
    )


app = rx.App()

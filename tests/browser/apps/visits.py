"""Pages that load what they show, before anything of them is shown."""

import asyncio

import reflex as rx

# How often the handler ran, for all sessions together.
RUNS = [0]


class Visits(rx.State):
    items: list[str] = []
    runs: int = 0
    all_runs: int = 0
    clicks: int = 0
    note: str = ""
    progress: str = "not begun"

    @rx.event
    def load(self):
        RUNS[0] += 1
        self.all_runs = RUNS[0]
        self.runs += 1
        self.items = ["milk", "bread"]

    @rx.event
    def click(self):
        self.clicks += 1

    @rx.event
    async def slow(self):
        self.progress = "begun"
        yield
        await asyncio.sleep(1.5)
        self.progress = "ready"
        yield rx.toast("finished")

    @rx.event
    def guard(self):
        self.note = "asked for " + self.router.page.path
        return [rx.toast("log in first"), rx.redirect("/welcome")]

    @rx.event
    def missing(self):
        return rx.status(404)

    @rx.event
    def fail(self):
        raise ValueError("nothing to load")


def content(name: str):
    return rx.vstack(
        rx.heading(name),
        rx.foreach(Visits.items, lambda item: rx.text(item, class_name="item")),
        rx.text(Visits.runs, id="runs"),
        rx.text(Visits.all_runs, id="all_runs"),
        rx.text(Visits.clicks, id="clicks"),
        rx.text(Visits.note, id="note"),
        rx.text(Visits.progress, id="progress"),
        rx.text(Visits.router.page.raw_path, id="path"),
        rx.button("click", on_click=Visits.click),
    )


@rx.page(route="/", title="Visits", on_load=Visits.load)
def index():
    return content("Index")


@rx.page(route="/slow", title="Slow", on_load=Visits.slow)
def slow():
    return content("Slow")


@rx.page(route="/private", title="Private", on_load=Visits.guard)
def private():
    return content("Private")


@rx.page(route="/welcome", title="Welcome")
def welcome():
    return content("Welcome")


@rx.page(route="/missing", title="Missing", on_load=[Visits.missing, Visits.load])
def missing():
    return content("Missing")


@rx.page(route="/fails", title="Fails", on_load=Visits.fail)
def fails():
    return content("Fails")


app = rx.App()

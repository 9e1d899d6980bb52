"""An app with components around and beside all of its pages, and with functions for errors."""

import reflex as rx

# What the browser told, in the order in which it came.
heard = []


class Page(rx.State):
    told: list[str] = []
    count: int = 0
    begun: int = 0

    @rx.event
    def look(self):
        self.told = list(heard)

    @rx.event
    def add(self):
        self.count += 1

    @rx.event
    def begin(self):
        self.begun += 1

    @rx.event
    def fail(self):
        raise ValueError("no such thing")

    @rx.event
    def say(self):
        return rx.toast("said")


def frame(has_state: bool) -> rx.Component:
    return rx.box(
        rx.text("counted ", Page.count, id="bar"),
        rx.text("begun ", Page.begun, id="begun"),
        rx.el.input(id="note", aria_label="note"),
        id="outer",
        on_mount=Page.begin,
    )


def note(exception: Exception):
    heard.append(str(exception).splitlines()[0])


def answer(exception: Exception):
    return rx.toast.error(f"{type(exception).__name__}: {exception}")


@rx.page(route="/", title="Wrapped")
def index():
    return rx.vstack(
        rx.heading("Wrapped"),
        rx.button("add", on_click=Page.add),
        rx.button("say", on_click=Page.say),
        rx.button("fail", on_click=Page.fail),
        rx.button("look", on_click=Page.look),
        rx.text(Page.told.join(", "), id="told"),
        rx.link("other", href="/other"),
    )


@rx.page(route="/other", title="Other")
def other():
    return rx.fragment(
        rx.heading("Other"),
        rx.tooltip(rx.link("back", href="/"), content="to the first page"),
    )


app = rx.App(
    toaster=rx.toast.provider(position="top-left"),
    app_wraps={
        (7, "Nothing"): lambda has_state: None,
        (10, "Inner"): lambda has_state: rx.el.section(id="inner"),
    },
    extra_app_wraps={(30, "Outer"): frame},
    frontend_exception_handler=note,
    backend_exception_handler=answer,
)

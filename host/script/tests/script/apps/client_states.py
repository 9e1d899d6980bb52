"""State that only the browser has."""

import reflex as rx
from reflex.experimental.client_state import ClientStateVar

opened = ClientStateVar.create("opened", default=False)
typed = rx._x.client_state(default="")
alone = rx._x.client_state("alone", default=0, global_ref=False)


class Clients(rx.State):
    start: int = 5
    heard: str = ""

    @rx.event
    def hear(self, value: bool):
        self.heard = repr(value)

    @rx.event
    def ask(self):
        yield opened.retrieve(Clients.hear)
        yield opened.push([{"a": 1}])

    @rx.event
    def ask_wrongly(self):
        return alone.retrieve(Clients.hear)


followed = rx._x.client_state("followed", default=Clients.start)


@rx.page(route="/")
def index():
    return rx.box(
        opened,
        rx.cond(opened.value, rx.text("open"), rx.text("closed")),
        rx.text(followed.value + 1),
        rx.input(value=typed.value, on_change=typed.set),
        rx.input(on_change=typed.set_value),
        rx.button("toggle", on_click=opened.set_value(~opened.value)),
        rx.button("both", on_click=[alone.set_value(alone.value + 1), Clients.ask]),
        rx.text(alone.value),
    )

"""The smallest counter: what a first visit transfers for it is measured."""

import reflex as rx


class State(rx.State):
    count: int = 0

    @rx.event
    def increment(self):
        self.count += 1

    @rx.event
    def decrement(self):
        self.count -= 1


def index() -> rx.Component:
    return rx.vstack(
        rx.text(State.count),
        rx.button("Increment", on_click=State.increment),
        rx.button("Decrement", on_click=State.decrement),
    )


app = rx.App()
app.add_page(index)

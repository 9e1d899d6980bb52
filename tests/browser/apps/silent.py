"""An app that does without the place for messages, but for a page that has its own."""

import reflex as rx


class Quiet(rx.State):
    said: int = 0

    @rx.event
    def say(self):
        self.said += 1
        return rx.toast(f"message {self.said}")


def speaker():
    return rx.fragment(
        rx.button("say", on_click=Quiet.say),
        rx.text("said ", Quiet.said, id="said"),
    )


@rx.page(route="/", title="Silent")
def index():
    return rx.box(rx.heading("Silent"), speaker(), rx.link("heard", href="/heard"))


@rx.page(route="/heard", title="Heard")
def heard():
    return rx.box(rx.heading("Heard"), speaker(), rx.toast.provider(position="top-left"))


app = rx.App(toaster=None)

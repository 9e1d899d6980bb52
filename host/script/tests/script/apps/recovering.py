"""An app that has an exception handler of its own."""

import reflex as rx


class Handled(rx.State):
    value: int = 0

    def fails(self, kind: str):
        self.value = 1
        raise ValueError(kind)

    async def fails_late(self):
        self.value = 2
        raise ValueError("toast")

    def recovered(self):
        self.value += 10

    def fails_again(self):
        raise KeyError("again")


def decide(raised):
    match str(raised):
        case "toast":
            return rx.toast.error(f"sorry: {raised}")
        case "events":
            return [Handled.recovered, rx.redirect("/")]
        case "silent":
            return None
        case "again":
            return Handled.fails_again
        case _:
            raise RuntimeError("the handler of exceptions raised")


@rx.page()
def index():
    return rx.text(Handled.value)


app = rx.App(backend_exception_handler=decide)

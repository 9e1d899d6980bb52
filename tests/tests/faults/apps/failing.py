"""Handlers that fail, each in its own way; and clicks of others."""

import io

import reflex as rx


class Clicks(rx.State):
    """What other users do meanwhile."""

    count: int = 0

    @rx.event
    def click(self):
        self.count += 1


class Failing(rx.State):
    """What one user does."""

    text: str = ""
    number: int = 0
    items: list[int] = []

    @rx.event
    def raises(self):
        self.text = "changed before"
        self.items.append(1)
        raise ValueError("as asked")

    @rx.event
    async def raises_async(self):
        self.text = "changed before"
        self.items.append(1)
        raise ValueError("as asked")

    @rx.event
    def indexes(self):
        self.text = str(self.items[1_000])

    @rx.event
    def takes_int(self, number: int):
        self.number = number
        self.text = type(number).__name__

    @rx.event
    def recurses(self):
        self.text = "deep"
        self.recurses_on()

    def recurses_on(self):
        self.recurses_on()

    @rx.event
    def allocates(self):
        self.text = "large"
        self.items = [0] * (1 << 60)

    @rx.event
    def panics(self):
        self.text = "odd"
        buffer = io.BytesIO()
        buffer.seek(2**63 - 1)
        buffer.write(b"RustPython 0.6.0 adds the two lengths and asks for that much")


@rx.page(route="/")
def index():
    return rx.text(Failing.text)

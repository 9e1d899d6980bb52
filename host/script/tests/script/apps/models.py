"""`rx.Base`: what its objects do, in a field and as an argument."""

from datetime import date
from enum import Enum
from typing import ClassVar, Literal, Optional

import reflex as rx


class Size(Enum):
    SMALL = "s"
    LARGE = "l"


class Price(rx.Base):
    amount: float
    currency: str = "EUR"


class Item(rx.Base):
    kind: ClassVar[str] = "item"
    name: str
    price: Optional[Price] = None
    tags: list[str] = []
    size: Size = Size.SMALL
    due: date | None = None
    state: Literal["new", "used"] = "new"
    parts: list["Item"] = []
    marks: dict[str, int] = rx.field(default_factory=dict)
    _secret: int = 1

    def label(self):
        return f"{self.name} ({self.size.value})"


class Special(Item):
    extra: int = 3


class Models(rx.State):
    answer: object = None
    item: Item = Item(name="chair", price=Price(amount=1))
    items: list[Item] = []
    _count: int = 0

    def ask(self, code: str):
        try:
            self.answer = repr(eval(code, globals(), {"self": self}))
        except Exception as raised:
            self.answer = f"{type(raised).__name__}: {raised}"

    def do(self, code: str):
        exec(code, globals(), {"self": self})

    def take(self, item: Item):
        self.items.append(item)


def index():
    return rx.vstack(
        rx.text(Models.item.name, Models.item.price.amount),
        rx.foreach(Models.items, lambda item: rx.text(item.name, item.tags.length())),
    )


app = rx.App()
app.add_page(index)

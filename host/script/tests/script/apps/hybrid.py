"""Hybrid properties: of a state, of a mixin, with a Var of their own, with a setter."""

import reflex as rx
from reflex.experimental import hybrid_property


class Named(rx.State, mixin=True):
    first: str = "Jane"

    @hybrid_property
    def greeting(self) -> str:
        return f"Hello {self.first}" if self.first else "Hello"

    @greeting.var
    def greeting(cls) -> rx.Var[str]:
        return rx.cond(cls.first, f"Hello {cls.first}", "Hello")


class Person(Named, rx.State):
    last: str = "Doe"
    seen: str = ""

    @hybrid_property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @full.setter
    def full(self, name: str):
        self.first, self.last = name.split()

    def rename(self, name: str):
        self.full = name
        self.seen = f"{self.full}: {self.greeting}"


def index() -> rx.Component:
    return rx.box(rx.text(Person.full), rx.text(Person.greeting))


app = rx.App()
app.add_page(index)

"""Substates, mixins, defaults and what may be assigned."""

import reflex as rx

CALLS: list[str] = []


def made():
    CALLS.append("made")
    return ["fresh", len(CALLS)]


class Named(rx.State, mixin=True):
    name: str = "nobody"
    _secret: str = "mixed in"

    @rx.var
    def greeting(self) -> str:
        return f"hello {self.name}"

    def rename(self, name: str):
        self.name = name


class Plain:
    """A mixin that is no state."""

    size: int = 3

    def grow(self):
        self.size += 1


class Parent(rx.State):
    items: list[int] = [1]
    table: dict[str, list[int]] = {"a": [1]}
    count: int = 0
    made: rx.Field[list] = rx.field(default_factory=made)
    plain: int
    text: str
    maybe: str | None
    listed: list[str]
    _hidden: list[int] = [0]

    def add(self, value: int):
        self.items.append(value)
        self.table["a"].append(value)
        self._hidden.append(value)

    def increment(self):
        self.count += 1

    def describe(self):
        return "described by the parent"

    def hidden(self):
        return rx.console_log(str(self._hidden))

    def clear(self):
        self.reset()


class Child(Named, Parent):
    own: int = 10

    def write_to_parent(self, value: int):
        self.count = value
        self.items.append(value)

    def read_parent(self):
        self.own = self.count + sum(self.items)

    def both(self):
        self.own += 1
        self.increment()

    def clear_child(self):
        self.reset()

    def misspelt(self):
        self.own = 11
        self.onw = 12

    def backend(self):
        self._anything = 5
        self.own = self._anything

    def overridden(self) -> str:
        return self.describe()

    def use_setters(self):
        self.set_own(77)

    async def across(self):
        other = await self.get_state(Other)
        other.value = other.value + 5
        self.own = other.value

    async def across_to_nothing(self):
        await self.get_state(int)


class Sibling(Named, Parent):
    own: int = 20


class Sized(Plain, rx.State):
    pass


class Other(rx.State):
    value: int = 1


def index():
    return rx.text(Child.own)


app = rx.App()
app.add_page(index)

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


class Marked(rx.State, mixin=True):
    marks: list[str] = ["start"]

    def mark(self, text: str):
        self.marks.append(text)

    @rx.event(throttle=100)
    def mark_twice(self):
        self.mark("one")
        yield
        self.mark("two")

    async def mark_later(self):
        return [type(self).mark("later"), self.clear_marks]

    def clear_marks(self):
        self.marks = ["cleared", *self.marks]

    @rx.var
    def marked(self) -> int:
        return len(self.marks)


class Doubly(Marked, mixin=True):
    def mark(self, text: str):
        super().mark(f"<{text}>")


class Titled:
    """A mixin that is no state, with everything that one can have."""

    title: str = "untitled"
    _changes: int = 0

    @rx.var
    def heading(self) -> str:
        return f"{self.title}! ({self._changes})"

    @rx.event
    def retitle(self, title: str):
        self.title = title
        self._changes += 1


class Board(Doubly, Titled, rx.State):
    pass


class Page(Marked, rx.State):
    def set_marks(self, text: str):
        self.marks = [text, "explicit"]


class Below(Board):
    """What the parent has of its mixins stays the parent's."""

    depth: int = 1

    def mark_above(self):
        self.mark("from below")
        self.title = "set below"
        self.depth += 1


class Lowest(Below):
    lowest: int = 0

    def deepen(self):
        self.lowest = 5
        self.depth = 6

    def reset_all_above(self):
        self.parent_reset()

    def parent_reset(self):
        self.reset()


class Resetting(rx.State):
    """`reset` gives the starting values back to the substates too."""

    async def reset_board(self):
        (await self.get_state(Board)).reset()


class Reader(rx.State):
    seen: str = ""
    own: int = 4

    @rx.var
    def doubled(self) -> int:
        return self.own * 2

    async def read(self):
        values = [
            await self.get_var_value(var)
            for var in (
                Reader.own,
                Reader.doubled,
                Board.marks,
                Board.heading,
                Lowest.depth,
                rx.Var.create("constant"),
                rx.Var.create([1, 2]),
                "no Var",
            )
        ]
        self.seen = repr(values)

    async def read_computed(self):
        await self.get_var_value(Reader.own + 1)

    def by_setvar(self):
        self.setvar("own", 21)

    def wrong_setvar(self):
        self.setvar("owm", 21)

    def through_event(self):
        return [Reader.setvar("own", 31), type(self).setvar("seen")("set")]

    def names(self):
        self.seen = repr(
            (
                Board.get_parent_state() is rx.State,
                Below.get_substates() == {Lowest},
                Below.get_name(),
                hasattr(Marked, "set_marks"),
            )
        )

    def misspelt_class(self):
        return Reader.seeen


class Other(rx.State):
    value: int = 1


def index():
    return rx.text(Child.own)


app = rx.App()
app.add_page(index)

"""Components with a state of their own for each use, made in a module and in page functions."""

import reflex as rx
from reflex.state import ComponentState


class Counter(rx.ComponentState):
    count: int = 0
    _step: int = 1

    @rx.var
    def doubled(self) -> int:
        return self.count * 2

    @rx.event
    def increment(self):
        self.count += self._step

    def add(self, amount: int):
        self.count += amount

    @classmethod
    def get_component(cls, *children, label="", **props):
        return rx.hstack(
            rx.button(label, on_click=cls.increment),
            rx.text(cls.count, cls.doubled),
            *children,
            **props,
        )


class Started(Counter):
    count: int = 10

    def restart(self):
        self.reset()


class Texts(ComponentState):
    text: str = "bare"

    @classmethod
    def get_component(cls):
        return [rx.text("first"), cls.text]


class Named(rx.ComponentState):
    name: str = "nobody"

    @classmethod
    def get_component(cls, name):
        assert cls.__fields__["name"].default == "nobody"
        cls.__fields__["name"].default = name
        return rx.text(cls.name)


class Nothing(rx.ComponentState):
    pass


my_counter = Counter.create
shared = my_counter(label="shared")


class Outside(rx.State):
    seen: str = ""

    async def look(self):
        counter = await self.get_state(shared.State)
        counter.count += 100
        self.seen = f"{counter.count} {counter.doubled}"

    def send(self):
        return [shared.State.add(5), shared.State.increment]


def index():
    inner = my_counter(rx.text(Outside.seen), label="inner", spacing="2")
    return rx.vstack(
        shared,
        inner,
        rx.text(inner.State.count + shared.State.count),
        Started.create(label="started"),
        Texts.create(),
        Named.create("Ann"),
        Named.create("Bob"),
    )


def other():
    return rx.box(*[my_counter(label=str(number)) for number in range(2)], shared)


def problem():
    try:
        Nothing.create()
    except NotImplementedError as error:
        return rx.text(str(error))
    return rx.text("made")


app = rx.App()
app.add_page(index)
app.add_page(other)
app.add_page(problem)

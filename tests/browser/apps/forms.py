"""Forms with every kind of control. What a handler is given is shown as text."""

from dataclasses import dataclass
from typing import Any, TypedDict

import reflex as rx


class Order(TypedDict):
    amount: int
    gift: bool
    tags: list[str]


@dataclass
class Person:
    name: str
    age: int
    member: bool = False


class Forms(rx.State):
    told: str = ""
    count: int = 0
    text: str = ""
    agreed: bool = False
    size: str = "s"
    level: list[int] = [10]
    fruit: str = "apple"
    taken: bool = False
    cleared: int = 0

    @rx.event
    def check_in(self, data: dict):
        self.told = repr(data)
        self.taken = data["code"] == "taken"

    @rx.event
    def clear(self):
        self.cleared += 1

    @rx.event
    def tell(self, data: dict):
        self.told = repr(data)
        self.count += 1

    @rx.event
    def tell_any(self, data: dict[str, Any]):
        self.told = repr(data)

    @rx.event
    def tell_order(self, order: Order):
        self.told = repr(order)

    @rx.event
    def tell_person(self, person: Person):
        self.told = f"{person.name} is {person.age}, member: {person.member}"

    @rx.event
    def tell_with(self, data: dict, extra: str, number: int):
        self.told = repr((data, extra, number))

    @rx.event
    def set_text(self, text: str):
        self.text = text

    @rx.event
    def set_agreed(self, agreed: bool):
        self.agreed = agreed

    @rx.event
    def set_size(self, size: str):
        self.size = size

    @rx.event
    def set_level(self, level: list[int | float]):
        self.level = [int(step) for step in level]

    @rx.event
    def set_fruit(self, fruit: str):
        self.fruit = fruit


def named() -> rx.Component:
    """Every kind of control, known by its name."""
    return rx.form(
        rx.input(name="text", default_value="hello"),
        rx.input(name="number", type="number", default_value="7"),
        rx.input(name="password", type="password"),
        rx.input(name="date", type="date", default_value="2026-02-03"),
        rx.el.input(name="color", type="color", default_value="#ff0000"),
        rx.el.input(name="hidden", type="hidden", value="h"),
        rx.text_area(name="note", default_value="a\nb"),
        rx.checkbox("ticked", name="ticked", default_checked=True),
        rx.checkbox("unticked", name="unticked"),
        rx.switch(name="switched", default_checked=True),
        rx.switch(name="unswitched"),
        rx.el.input(name="native", type="checkbox", default_checked=True),
        rx.el.input(name="valued", type="checkbox", value="yes", default_checked=True),
        rx.el.select(
            *[rx.el.option(letter, value=letter) for letter in "abc"],
            name="many",
            multiple=True,
            default_value=["a", "c"],
        ),
        rx.select(["one", "two"], name="select", default_value="two"),
        rx.radio(["s", "m"], name="radio", default_value="m"),
        rx.slider(name="slider", default_value=30),
        rx.slider(name="range", default_value=[20, 60]),
        rx.button("Send", type="submit", id="send"),
        rx.el.button("Other", type="button", name="button", value="not sent"),
        on_submit=Forms.tell,
        id="named",
    )


def known_by_id() -> rx.Component:
    """The same controls, known by their ids, some of them with hyphens."""
    return rx.form(
        rx.input(id="id-text", default_value="hello"),
        rx.text_area(id="id_note", default_value="n"),
        rx.checkbox(id="id_ticked", default_checked=True),
        rx.switch(id="id_unswitched"),
        rx.el.input(id="id_native", type="checkbox"),
        rx.slider(id="id_slider", default_value=30),
        rx.button("Send", type="submit", id="send-ids"),
        on_submit=Forms.tell_any,
        handle_submit_unique_name="by_id",
        auto_complete="off",
    )


def typed() -> rx.Component:
    """Forms whose handlers say what they want."""
    return rx.box(
        rx.form(
            rx.input(name="amount", default_value="3"),
            rx.checkbox("gift", name="gift", value="wrapped", id="order_gift"),
            rx.el.input(name="tags", default_value="x", id="order_tag"),
            rx.el.input(name="tags", default_value="y"),
            rx.button("Order", type="submit", id="send-order"),
            on_submit=Forms.tell_order,
            id="order",
        ),
        rx.form(
            rx.input(name="name", default_value="Ada"),
            rx.input(name="age", type="number", default_value="36"),
            rx.checkbox("member", name="member", default_checked=True),
            rx.button("Person", type="submit", id="send-person"),
            on_submit=Forms.tell_person,
        ),
        rx.el.form(
            rx.el.input(name="one", default_value="1"),
            on_submit=lambda data: Forms.tell_with(data, data["one"], 5),
            id="outer",
        ),
        rx.el.button("Outside", type="submit", form="outer", id="send-outside"),
        rx.form(
            rx.el.input(name="first", required=True, id="required"),
            rx.el.input(name="second", pattern="[0-9]+", id="pattern", type="text"),
            rx.el.input(name="mail", type="email", id="mail"),
            rx.button("Check", type="submit", id="send-valid"),
            on_submit=Forms.tell,
        ),
        rx.form(rx.el.input(name="x", id="lonely"), id="without-handler"),
    )


def validated() -> rx.Component:
    """A form that says what is wrong with its field, also when only the server knows."""
    return rx.form.root(
        rx.form.field(
            rx.form.label("Code"),
            rx.form.control(rx.el.input(required=True, id="code"), as_child=True),
            rx.form.message("A code is needed", match="valueMissing"),
            rx.form.message("This code is taken", match="badInput", force_match=Forms.taken),
            name="code",
            server_invalid=Forms.taken,
        ),
        rx.form.submit(rx.button("Check in"), as_child=True),
        on_submit=Forms.check_in,
        on_clear_server_errors=Forms.clear,
    )


def emptied() -> rx.Component:
    """A form that is empty again once it was sent."""
    return rx.form(
        rx.input(name="gone", id="gone", placeholder="gone"),
        rx.checkbox("tick", name="tick", id="gone_tick"),
        rx.button("Empty", type="submit", id="send-emptied"),
        on_submit=Forms.tell,
        reset_on_submit=True,
    )


def kept() -> rx.Component:
    """Controls that the state holds, and some that it does not."""
    return rx.box(
        rx.input(value=Forms.text, on_change=Forms.set_text, id="held-text"),
        rx.checkbox(checked=Forms.agreed, on_change=Forms.set_agreed, id="held-check"),
        rx.radio(["s", "m"], value=Forms.size, on_change=Forms.set_size, id="held-radio"),
        rx.select(["apple", "pear"], value=Forms.fruit, on_change=Forms.set_fruit),
        rx.slider(value=Forms.level, on_change=Forms.set_level, id="held-level"),
        rx.el.p(
            f"{Forms.text}|{Forms.agreed}|{Forms.size}|{Forms.fruit}|{Forms.level}", id="held"
        ),
        rx.input(id="free-text"),
        rx.checkbox(id="free-check"),
        rx.radio(["s", "m"], id="free-radio"),
        rx.slider(default_value=10, id="free-level"),
        rx.button("Set", id="set", on_click=rx.set_value("free-text", "set by a button")),
    )


@rx.page("/")
def index() -> rx.Component:
    return rx.container(
        rx.el.output(Forms.told, id="told"),
        rx.el.output(Forms.count, id="count"),
        rx.el.output(Forms.cleared, id="cleared"),
        named(),
        known_by_id(),
        typed(),
        validated(),
        emptied(),
        kept(),
    )


app = rx.App()

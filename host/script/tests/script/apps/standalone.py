"""Handlers that stand in a module, of a state class that stands in another."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import NotRequired, Optional, TypedDict

import reflex as rx
from shop_state import Basket, Shop


@rx.event
def add(state: Shop, item: str, price: int = 1):
    state.items.append(item)
    state.total += price


@rx.event(throttle=250, temporal=True)
async def restock(state: Shop, count: int):
    await asyncio.sleep(0)
    state.total = count
    return add("restocked")


@rx.event
def stream(state: Shop, count: int):
    for number in range(count):
        state.total = number
        yield
    yield [add("streamed", 5), Shop.pay]


@rx.event
async def async_stream(state: Shop):
    state.total = 1
    yield
    add.fn(state, "called", 2)


@rx.event(background=True)
async def later(state: Shop):
    async with state:
        state.total = 99


@rx.event
def helper(value: int):
    return value + 1


def adder(item: str):
    @rx.event
    def add_it(state: Shop):
        state.items.append(item)

    return add_it


@dataclasses.dataclass
class Address:
    street: str
    above: Optional[Address] = None


class Order(TypedDict):
    number: int
    address: Address
    note: NotRequired[str]


@rx.event
def order(state: Shop, data: Order, copies: list[Order] = ()):
    state.items = [repr(data), repr(copies)]


def refused(define):
    try:
        define()
    except TypeError as error:
        return str(error)
    return "taken"


def of_a_mixin():
    @rx.event
    def handler(state: Basket):
        pass


class Window(rx.State):
    seen: str = ""

    def from_method(self):
        return [add("method"), restock(7), adders[1]]

    def bare(self):
        return add

    def helped(self):
        self.seen = f"{helper(1)} {refused(of_a_mixin)} {refused(self.call)}"

    def call(self):
        return self.held(1)

    held = add


adders = [adder("apple"), adder("pear")]


def index():
    return rx.box(
        rx.input(on_change=add),
        rx.button("add", on_click=add("clicked")),
        rx.button("restock", on_click=restock(3)),
        *[rx.button("adder", on_click=one) for one in adders],
    )


app = rx.App()
app.add_page(index)

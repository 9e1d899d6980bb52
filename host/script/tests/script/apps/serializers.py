"""What stands in the browser for values of an app's own classes and of the libraries'."""

from collections import deque
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

import reflex as rx
from reflex.utils.serializers import get_serializer, has_serializer, serialize


class Money:
    def __init__(self, cents):
        self.cents = cents


class Tip(Money):
    pass


class Level(Enum):
    HIGH = 3


@dataclass
class Point:
    x: int


class Figure:
    def to_plotly_json(self):
        return {"data": [{"y": (1, 2)}]}


class DataFrame:
    """Stands for pandas' class of that name."""

    columns = ["day", "cost"]
    values = [(date(2026, 1, 2), Money(150))]


class Loop:
    pass


@rx.serializer
def serialize_money(money: Money) -> str:
    return f"{money.cents / 100:.2f} €"


@rx.serializer(to=dict)
def serialize_level(level: Level):
    return {"name": level.name, "rank": level.value}


@rx.serializer
def serialize_complex(number: complex) -> list:
    return [number.real, number.imag]


@rx.serializer
def serialize_loop(loop: Loop):
    return loop


class Serializers(rx.State):
    box: object = None
    answer: object = None
    purse: Money = Money(5)

    def put(self, code: str):
        self.box = eval(code)

    def ask(self, code: str):
        try:
            self.answer = repr(eval(code))
        except Exception as raised:
            self.answer = f"{type(raised).__name__}: {raised}"

    def spend(self):
        self.purse.cents -= 1


def register_again(overwrite):
    @rx.serializer(overwrite=overwrite)
    def serialize(money: Money):
        return f"{money.cents / 100:.2f} €"


def register_for(kind):
    def serialize(value):
        return value

    serialize.__annotations__ = {} if kind is None else {"value": kind}
    return rx.serializer(serialize)


def index():
    return rx.text(Serializers.purse.to(str), rx.Var.create(Money(7)), rx.Var.create(Level.HIGH))


app = rx.App()
app.add_page(index)

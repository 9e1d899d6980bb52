"""Values of every type, and what tracked containers can do."""

import copy
import json
import math
import pickle
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from uuid import UUID

import reflex as rx


class Color(Enum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


class Named(str, Enum):
    ONE = "one"


@dataclass
class Point:
    x: int = 0
    inner: list = field(default_factory=list)
    _secret: int = 1


class Bare:
    def __init__(self):
        self.name = "bare"
        self._own = 1


class Values(rx.State):
    box: object = None
    rows: list[dict] = [{"id": number, "name": f"row {number}"} for number in range(1000)]
    items: list = [3, 1, 2]
    table: dict = {"a": 1, "b": [1, {"c": 2}]}
    words: set[str] = {"x"}
    answer: object = None
    points: list[Point] = []
    _point: object = None

    def put(self, code: str):
        self.box = eval(code)

    def ask(self, code: str):
        self.answer = eval(code, globals(), {"self": self})

    def do(self, code: str):
        exec(code, globals(), {"self": self})

    def cell(self, row: int, name: str):
        self.rows[row]["name"] = name


def matched(value):
    match value:
        case [first, *rest]:
            return ["list", first, len(rest)]
        case {"a": a, **rest}:
            return ["dict", a, len(rest)]
    return None


def index():
    return rx.text(Values.items.length())


app = rx.App()
app.add_page(index)

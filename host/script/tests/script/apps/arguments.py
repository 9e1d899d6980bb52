"""Handlers whose arguments are annotated in every way that is checked."""

import dataclasses
import enum
import typing
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, NewType, NotRequired, Optional, TypedDict
from typing import TypeVar, Union
from uuid import UUID

import reflex as rx

if TYPE_CHECKING:
    from nowhere import Nothing

type Json = None | bool | int | float | str | list[Json] | dict[str, Json]
type Endless = Endless | int
UserId = NewType("UserId", int)
Number = TypeVar("Number", int, float)
Bound = TypeVar("Bound", bound=int)
Free = TypeVar("Free")


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


@dataclasses.dataclass
class Point:
    x: int
    y: float = 0.5
    tags: list[str] = dataclasses.field(default_factory=list)
    total: int = dataclasses.field(init=False, default=7)


@dataclasses.dataclass
class Line:
    start: Point
    end: "Point | None" = None
    color: Color = Color.RED
    width: dataclasses.InitVar[int] = 1

    def __post_init__(self, width):
        if width < 1:
            raise ValueError("a line has a width")


@dataclasses.dataclass(kw_only=True)
class Node:
    name: str
    children: list["Node"] = dataclasses.field(default_factory=list)


class Signup(TypedDict):
    name: str
    age: int
    news: bool
    topics: list[str]
    note: NotRequired[str]


class Loose(TypedDict, total=False):
    count: int


class Tight(Loose):
    name: str


class Plain:
    pass


def take(annotation):
    def handler(self, value):
        self.given = repr(value)

    handler.__annotations__ = {"value": annotation}
    return handler


class Takes(rx.State):
    given: str = ""
    items: list["Later"] = []
    sloppy: int = None

    number = take(int)
    real = take(float)
    truth = take(bool)
    text = take(str)
    raw = take(bytes)
    anything = take(Any)
    plain = take(Plain)
    unknown = take("Nothing | None")
    numbers = take(list[int])
    typing_numbers = take(typing.List[int])
    sequence = take(Sequence[int])
    nested = take(list[dict[str, list[int]]])
    bare_list = take(list)
    table = take(dict[str, int])
    by_number = take(dict[int, str])
    mapping = take(Mapping[str, Any])
    unique = take(set[int])
    frozen = take(frozenset[str])
    bare_set = take(set)
    pair = take(tuple[int, str])
    many = take(tuple[int, ...])
    bare_tuple = take(tuple)
    optional = take(Optional[int])
    either = take(Union[int, str])
    either_list = take(list[int] | dict[str, int])
    text_or_number = take(str | float)
    maybe_point = take(Point | None)
    choice = take(Literal["a", "b", 3])
    color = take(Color)
    level = take(Level)
    moment = take(datetime)
    day = take(date)
    clock = take(time)
    span = take(timedelta)
    money = take(Decimal)
    identity = take(UUID)
    point = take(Point)
    line = take(Line)
    node = take(Node)
    signup = take(Signup)
    tight = take(Tight)
    form = take(dict[str, Any])
    user_id = take(UserId)
    constrained = take(Number)
    bound = take(Bound)
    free = take(Free)
    annotated = take(Annotated[list[int], "some"])
    json = take(Json)
    endless = take(Endless)

    def later(self, value: Later, others: list["Later"]):
        self.given = repr((value, others))

    def for_checkers(self, value: Nothing, count: int):
        self.given = repr((value, count))

    def none_default(self, value: int = None):
        self.given = repr(value)

    def defaults(self, first: int, second: str = "two", *, third: float = 3.0):
        self.given = repr((first, second, third))

    def by_name(self, *, value: int):
        self.given = repr(value)

    def rest(self, first: int, *more: int, last: str = "kept"):
        self.given = repr((first, more, last))

    async def async_by_name(self, first: int, *, second: int = 2):
        self.given = repr((first, second))

    def stream_by_name(self, *, value: int = 0):
        self.given = "begun"
        yield
        self.given = repr(value)

    def with_keywords(self):
        return [Takes.defaults(1, third=9.5), Takes.by_name(value=4)][:1]

    def none(self):
        self.given = "none"


@dataclasses.dataclass
class Later:
    size: int


def index():
    return rx.button(
        Takes.given,
        on_click=Takes.defaults(5, third=Takes.given.length()),
        on_double_click=Takes.by_name(value=6),
    )


app = rx.App()
app.add_page(index)

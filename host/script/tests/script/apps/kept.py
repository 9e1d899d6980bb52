"""Sessions that leave the interpreter and come back: values of every type, computed vars, tasks."""

import asyncio
import collections
import enum
import fractions
import pathlib
import threading
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import reflex as rx

RUNS = []
# The instances that sessions had when they were marked.
MARKED = {}
GATE = asyncio.Event()


class Color(enum.Enum):
    RED = "red"
    BLUE = ["blue"]


class Mode(enum.Flag):
    READ = 1
    WRITE = 2


class Level(enum.IntEnum):
    HIGH = 3


@dataclass
class Point:
    x: int = 0
    inner: list = field(default_factory=list)
    _secret: int = 1


@dataclass(frozen=True, slots=True)
class Fixed:
    x: int = 0


class Slotted:
    __slots__ = ("a", "__b")

    def __init__(self, a, b):
        self.a = a
        self.__b = b

    def __eq__(self, other):
        return (self.a, self.__b) == (other.a, other.__b)


class Plain:
    def __init__(self, name, needed):
        self.name = name
        self._needed = needed

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__


class Price(rx.Base):
    amount: float
    tags: list[str] = []


class Names(list):
    pass


class Money(float):
    def __new__(cls, amount, currency):
        made = super().__new__(cls, amount)
        made.currency = currency
        return made


Pair = collections.namedtuple("Pair", ["a", "b"])


def helper():
    return 1


VALUES = {
    "none": None,
    "big": 10**40,
    "whole": 7,
    "truth": True,
    "float": 1.5,
    "infinite": float("-inf"),
    "text": "grüße\x00",
    "half": "\ud800",
    "bytes": b"\x00\xff",
    "array": bytearray(b"ab"),
    "complex": 1 + 2j,
    "tuple": (1, (2.0, "3"), []),
    "set": {1, "a"},
    "frozen": frozenset({(1, 2)}),
    "keys": {1: "a", "1": "b", None: "c", (1, 2): "d", 1.5: "e", Color.RED: "f", 10**30: "g"},
    "simple keys": {1: "a", "1": "b", None: "c", False: "d"},
    "enum": [Color.RED, Color.BLUE, Level.HIGH, Mode.READ | Mode.WRITE],
    "dates": [date(2024, 2, 29), time(1, 2, 3, 4), datetime(2024, 1, 2, 3, 4, 5, 6)],
    "zones": [
        datetime(2024, 1, 2, tzinfo=UTC),
        datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=2), "here")),
        time(1, 2, tzinfo=UTC, fold=1),
    ],
    "delta": timedelta(days=-1, microseconds=1),
    "decimal": [Decimal("1.10"), Decimal("-0")],
    "uuid": uuid.UUID(int=5),
    "fraction": fractions.Fraction(1, 3),
    "path": pathlib.PurePosixPath("/a/b"),
    "range": range(1, 9, 2),
    "deque": collections.deque([1, 2], maxlen=3),
    "ordered": collections.OrderedDict([("b", 1), ("a", 2)]),
    "counter": collections.Counter("aab"),
    "default": collections.defaultdict(list, {"a": [1]}),
    "point": Point(1, [Point(2)]),
    "fixed": Fixed(4),
    "slotted": Slotted(1, [2]),
    "plain": Plain("n", {"k": Point()}),
    "model": Price(amount=2, tags=["t"]),
    "derived": [Names(["a"]), Pair(1, [2])],
    "named": [Point, helper, dict],
}


def same(a, b):
    if type(a).__module__ == "_ferroflex_state":
        a = type(b)(a)
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        keys = list(zip(a, b))
        return len(a) == len(b) and all(
            type(x) is type(y) and x == y and same(a[x], b[y]) for x, y in keys
        )
    if isinstance(a, (list, tuple, collections.deque)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, (Point, Plain)):
        return same(a.__dict__, b.__dict__)
    if isinstance(a, (Decimal, datetime, time)):
        return repr(a) == repr(b)
    return a == b


class Kept(rx.State):
    count: int = 0
    box: object = None
    rows: list[dict] = []
    answer: object = None
    other_count: int = 0
    _hidden: list = []
    _all: dict = {}

    @rx.var
    def doubled(self) -> int:
        RUNS.append("doubled")
        return self.count * 2

    @rx.var
    def _backend(self) -> int:
        return self.count + 100

    @rx.var(cache=False)
    def runs(self) -> int:
        return len(self.rows)

    @rx.var
    def place(self) -> str:
        return self.router.url.path

    def do(self, code: str):
        exec(code, globals(), {"self": self})

    def ask(self, code: str):
        self.answer = eval(code, globals(), {"self": self})

    def add(self, number: int):
        self.count += number

    def add_and_fail(self):
        self.count += 1
        raise ValueError("on purpose")

    def mark(self):
        self._mark = [1]
        MARKED[self.router.session.client_token] = self

    def fill(self):
        self._all = VALUES
        self._hidden = [Money(1.5, "EUR")]
        self.box = {name: VALUES[name] for name in ("tuple", "dates", "point", "keys")}

    def compare(self):
        bad = [name for name, value in VALUES.items() if not same(self._all[name], value)]
        bad += [name for name in self.box if not same(self.box[name], VALUES[name])]
        money = self._hidden[0]
        self.answer = [bad, self._all is VALUES, [type(money).__name__, money, money.currency]]

    @rx.event(background=True)
    async def slow(self):
        async with self:
            self.rows.append({"step": 1})
        await GATE.wait()
        async with self:
            self.rows.append({"step": 2})
            self.count += 1

    async def open_gate(self):
        GATE.set()


@rx.page()
def index():
    return rx.text(Kept.count, Kept.rows, Kept.doubled, Kept.runs, Kept.place)


app = rx.App()

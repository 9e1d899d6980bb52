"""Runs the mutations that a test made up, on a state with every kind of container."""

import copy
import heapq
import json
from dataclasses import dataclass

import reflex as rx

EXPECTED = (LookupError, StopIteration, TypeError, ValueError, AttributeError)


@dataclass
class Point:
    x: int = 0
    tags: list = None


def plain(value):
    """The value with sets sorted and objects as dictionaries."""
    if isinstance(value, set):
        return sorted(map(str, value))
    if isinstance(value, Point):
        return {"x": plain(value.x), "tags": plain(value.tags)}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


class Store(rx.State):
    numbers: list[int] = [5, 3, 8, 1]
    grid: list[list[int]] = [[1, 2, 3], [4, 5], []]
    rows: list[dict] = [
        {"id": 0, "tags": ["a", "b"], "cell": {"x": 1}},
        {"id": 1, "tags": [], "cell": {}},
        {"id": 2, "tags": ["c"], "cell": {"x": 2, "y": 3}},
    ]
    table: dict = {"a": [1, 2], "b": {"c": 3}, "n": 1}
    words: set[str] = {"x", "y"}
    box: object = None
    text: str = "start"
    _kept: object = None
    _hidden: list = [[1], [2]]

    @rx.var
    def summary(self) -> str:
        return json.dumps([plain(self.numbers), plain(self.rows), plain(self.words)])

    @rx.var
    def sizes(self) -> list[int]:
        return [len(self.grid), len(self.table), len(self.summary), len(str(self.grid))]

    @rx.event
    def run(self, pieces: list[str]):
        for piece in pieces:
            if piece == "yield":
                yield
                continue
            try:
                exec(piece, globals(), {"self": self})
            except EXPECTED:
                pass

    @rx.event
    def dump(self):
        names = ("numbers", "grid", "rows", "table", "words", "box", "text", "summary", "sizes")
        return rx.console_log(json.dumps([plain(getattr(self, name)) for name in names]))


def index():
    return rx.text(Store.text)


app = rx.App()
app.add_page(index)

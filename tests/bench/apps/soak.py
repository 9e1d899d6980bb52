"""The soak's app: handlers that make nothing but cyclic garbage, and ordinary ones beside them.

It is served by `ferroflex-bench soak`. `CounterState` and `TodoState` have the handlers of the
scenarios of the same names; `churn` makes the garbage.
"""

import reflex as rx

LIST_LENGTH = 1000
# The list is cut back to its length only now and then: appending is the ordinary event.
LIST_LENGTH_MAX = 1100


class Node:
    """One half of a pair that only a garbage collector can free."""


class CounterState(rx.State):
    """What is clicked, and what makes garbage."""

    count: int = 0

    @rx.event
    def prepare(self):
        self.count = 0

    @rx.event
    def step(self):
        self.count += 1

    @rx.event
    def churn(self, pairs: int):
        for _ in range(pairs):
            left, right = Node(), Node()
            left.other, right.other = right, left


class TodoState(rx.State):
    """One item is appended to a list of 1,000."""

    items: list[str] = []

    @rx.event
    def prepare(self):
        self.items = [f"initial item {number}" for number in range(LIST_LENGTH)]

    @rx.event
    def step(self, text: str):
        self.items.append(text)
        if len(self.items) >= LIST_LENGTH_MAX:
            del self.items[: LIST_LENGTH_MAX - LIST_LENGTH]


def index():
    return rx.vstack(
        rx.text(CounterState.count),
        rx.foreach(TodoState.items, rx.text),
    )


app = rx.App()
app.add_page(index, route="/")

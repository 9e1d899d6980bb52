"""The benchmark of page code: what importing the package, declaring a state and building a large
page cost.

Served by Ferroflex and run by CPython with Reflex, the same file. It measures itself, since a page
is built while an app is loaded, before anybody could ask; the figures are one line of the log.
"""

import json
import sys
import time

_STARTED = time.thread_time()
import reflex as rx

_IMPORTED = time.thread_time()

ROWS = 400
ROUNDS = 9


class PagesState(rx.State):
    """What the page shows."""

    number: int = 0
    name: str = ""
    chosen: list[int] = []

    @rx.event
    def choose(self, row: int):
        """Adds a row to what is chosen."""
        self.chosen.append(row)


def large_page() -> rx.Component:
    """2,001 components, 500 operations on Vars and 400 event handlers."""
    return rx.vstack(*[_row(number) for number in range(ROWS)])


def _row(number: int) -> rx.Component:
    caption = PagesState.name + "!"
    # Every fourth row has an operation more: 500 in all.
    shown = PagesState.number * 2 if number % 4 == 0 else PagesState.number
    return rx.hstack(
        rx.text(f"row {number}", size="2", weight="bold", color="gray"),
        rx.text(caption),
        rx.badge(shown, variant="soft"),
        rx.button("choose", on_click=PagesState.choose(number), size="1"),
        spacing="3",
        width="100%",
        _hover={"background": "silver"},
    )


def _milliseconds(function) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        started = time.thread_time()
        function()
        taken.append((time.thread_time() - started) * 1000)
    return sorted(taken)


def index() -> rx.Component:
    """Measures, tells, and gives the page."""
    taken = _milliseconds(large_page)
    figures = {
        "import_ms": (_IMPORTED - _STARTED) * 1000,
        "module_ms": (_DECLARED - _STARTED) * 1000,
        "build_ms_best": taken[0],
        "build_ms_median": taken[ROUNDS // 2],
    }
    print("figures", json.dumps(figures), file=sys.stderr, flush=True)
    return large_page()


app = rx.App()
app.add_page(index, route="/")

# Both packages import most of themselves when they are first used, which is by now.
_DECLARED = time.thread_time()

if __name__ == "__main__":
    index()

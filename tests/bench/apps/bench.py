"""The benchmark's app: one state class a scenario, in ordinary Reflex code.

The same file is served by Ferroflex and, unmodified, by Reflex. Every class has the same three
handlers: `prepare` puts the state up, `step` is what is measured, `check` writes into `summary`
what the steps have led to, so that the load client can tell that none was lost or run twice.
`BackgroundState` alone has no `check`: its `step` writes the summary itself when it is over.
It is not an example of how to lay out an app: the states are as large as the scenarios ask for.
"""

import asyncio

import reflex as rx

LIST_LENGTH = 1000
# The list is cut back to its length only now and then: appending is what is measured.
LIST_LENGTH_MAX = 1100
TABLE_ROWS = 1000
STREAM_LENGTH = 100
FIELDS = 20
SLEEP_SECONDS = 0.01
# Above every number of the wire's own, so that the load client can tell the counts among them.
BACKGROUND_START = 1_000_000


class CounterState(rx.State):
    """Scenario counter: one number counts up."""

    count: int = 0
    summary: str = ""

    @rx.event
    def prepare(self):
        self.count = 0

    @rx.event
    def step(self):
        self.count += 1

    @rx.event
    def check(self):
        self.summary = f"count {self.count}"


class TodoState(rx.State):
    """Scenario todo-1000: one item is appended to a list of 1,000."""

    items: list[str] = []
    summary: str = ""

    @rx.event
    def prepare(self):
        self.items = [f"initial item {number}" for number in range(LIST_LENGTH)]

    @rx.event
    def step(self, text: str):
        self.items.append(text)
        if len(self.items) >= LIST_LENGTH_MAX:
            del self.items[: LIST_LENGTH_MAX - LIST_LENGTH]

    @rx.event
    def check(self):
        self.summary = f"length {len(self.items)}, last {self.items[-1]}"


class TableState(rx.State):
    """Scenario table: one cell of 1,000 rows of 5 is set."""

    rows: list[dict[str, str | int | float]] = []
    summary: str = ""

    @rx.event
    def prepare(self):
        self.rows = [
            {
                "symbol": f"S{number:04}",
                "name": f"Company {number}",
                "price": float(number),
                "volume": 0,
                "sector": "industry",
            }
            for number in range(TABLE_ROWS)
        ]

    @rx.event
    def step(self, row: int, price: float):
        self.rows[row]["price"] = price

    @rx.event
    def check(self):
        changed = [row for number, row in enumerate(self.rows) if row["price"] != number]
        self.summary = f"rows {len(self.rows)}, highest {max(row['price'] for row in changed)}"


class ComputedState(rx.State):
    """Scenario computed: a computed var that follows a field."""

    amount: int = 0
    summary: str = ""

    @rx.var
    def label(self) -> str:
        return f"{self.amount * 2} is twice {self.amount}"

    @rx.event
    def prepare(self):
        self.amount = 0

    @rx.event
    def step(self):
        self.amount += 1

    @rx.event
    def check(self):
        self.summary = f"label {self.label}"


class StreamState(rx.State):
    """Scenario stream: a handler that yields 100 times, a change before each."""

    position: int = 0
    summary: str = ""

    @rx.event
    def prepare(self):
        self.position = 0

    @rx.event
    def step(self):
        for _ in range(STREAM_LENGTH):
            self.position += 1
            yield

    @rx.event
    def check(self):
        self.summary = f"position {self.position}"


class AsyncState(rx.State):
    """Scenario async: an async handler that never waits."""

    count: int = 0
    summary: str = ""

    @rx.event
    def prepare(self):
        self.count = 0

    @rx.event
    async def step(self):
        self.count += 1

    @rx.event
    def check(self):
        self.summary = f"async count {self.count}"


class SleepState(rx.State):
    """Scenario sleep: an async handler that waits for a timer."""

    count: int = 0
    summary: str = ""

    @rx.event
    def prepare(self):
        self.count = 0

    @rx.event
    async def step(self):
        await asyncio.sleep(SLEEP_SECONDS)
        self.count += 1

    @rx.event
    def check(self):
        self.summary = f"sleep count {self.count}"


class AsyncStreamState(rx.State):
    """Scenario async-stream: an async handler that yields 100 times, a change before each."""

    position: int = 0
    summary: str = ""

    @rx.event
    def prepare(self):
        self.position = 0

    @rx.event
    async def step(self):
        for _ in range(STREAM_LENGTH):
            self.position += 1
            yield

    @rx.event
    def check(self):
        self.summary = f"async position {self.position}"


class BackgroundState(rx.State):
    """Pushes updates at moments that were fixed when it began; tells how late the end was."""

    count: int = 0
    summary: str = ""

    @rx.event
    def prepare(self):
        self.count = BACKGROUND_START

    @rx.event(background=True)
    async def step(self, rate: int, updates: int):
        clock = asyncio.get_running_loop().time
        begin = clock()
        for number in range(1, updates + 1):
            async with self:
                self.count += 1
            due = begin + number / rate
            await asyncio.sleep(max(0, due - clock()))
        late = clock() - begin - updates / rate
        async with self:
            self.summary = f"late by {late * 1000:.3f} ms"


class WideState0(rx.State):
    """Scenario wide: the one of 10 substates of 20 fields that is touched."""

    summary: str = ""
    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0

    @rx.event
    def prepare(self):
        self.field_0 = 0

    @rx.event
    def step(self):
        self.field_0 += 1

    @rx.event
    def check(self):
        self.summary = f"field {self.field_0}"


class WideState1(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState2(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState3(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState4(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState5(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState6(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState7(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState8(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


class WideState9(rx.State):
    """One of the substates that are not touched."""

    field_0: int = 0
    field_1: int = 0
    field_2: int = 0
    field_3: int = 0
    field_4: int = 0
    field_5: int = 0
    field_6: int = 0
    field_7: int = 0
    field_8: int = 0
    field_9: int = 0
    field_10: int = 0
    field_11: int = 0
    field_12: int = 0
    field_13: int = 0
    field_14: int = 0
    field_15: int = 0
    field_16: int = 0
    field_17: int = 0
    field_18: int = 0
    field_19: int = 0


WIDE_STATES = [
    WideState0,
    WideState1,
    WideState2,
    WideState3,
    WideState4,
    WideState5,
    WideState6,
    WideState7,
    WideState8,
    WideState9,
]


def table_row(row):
    return rx.el.tr(
        rx.el.td(row["symbol"]),
        rx.el.td(row["name"]),
        rx.el.td(row["price"]),
        rx.el.td(row["volume"]),
        rx.el.td(row["sector"]),
    )


def index():
    """Shows every field, so that none of them may be left out of what is sent."""
    return rx.el.div(
        rx.el.p(CounterState.count, CounterState.summary),
        rx.el.p(TodoState.summary),
        rx.el.ul(rx.foreach(TodoState.items, lambda item: rx.el.li(item))),
        rx.el.p(TableState.summary),
        rx.el.table(rx.el.tbody(rx.foreach(TableState.rows, table_row))),
        rx.el.p(ComputedState.amount, ComputedState.label, ComputedState.summary),
        rx.el.p(StreamState.position, StreamState.summary),
        rx.el.p(AsyncState.count, AsyncState.summary),
        rx.el.p(SleepState.count, SleepState.summary),
        rx.el.p(AsyncStreamState.position, AsyncStreamState.summary),
        rx.el.p(BackgroundState.count, BackgroundState.summary),
        rx.el.p(WideState0.summary),
        *[
            rx.el.p(*[getattr(state, f"field_{number}") for number in range(FIELDS)])
            for state in WIDE_STATES
        ],
        rx.el.button("step", on_click=CounterState.step),
    )


app = rx.App()
app.add_page(index, route="/")

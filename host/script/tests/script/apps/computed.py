"""Computed vars of every kind, each counting how often it ran."""

import reflex as rx

RUNS: dict[str, int] = {}


def ran(name):
    RUNS[name] = RUNS.get(name, 0) + 1


class Base(rx.State):
    rate: int = 2
    unread: int = 0

    def set_rate_to(self, rate: int):
        self.rate = rate

    def set_unread_to(self, value: int):
        self.unread = value


class Cart(Base):
    prices: list[int] = [1, 2]
    names: list[str] = ["a"]
    flag: bool = False
    seen: list[int] = []
    kept: int = 0
    _factor: int = 1
    _log: list[int] = []

    @rx.var
    def total(self) -> int:
        ran("total")
        return sum(self.prices) * self.rate

    @rx.var
    def label(self) -> str:
        ran("label")
        return f"{self.total} in all"

    @rx.var
    def branch(self) -> int:
        ran("branch")
        return len(self.names) if self.flag else -1

    @rx.var
    def hidden(self) -> int:
        ran("hidden")
        return self._factor * 10 + len(self._log)

    @rx.var(cache=False)
    def uncached(self) -> int:
        ran("uncached")
        return RUNS["uncached"]

    @rx.var(interval=0)
    def timed(self) -> int:
        ran("timed")
        return RUNS["timed"]

    @rx.var(interval=3600)
    def slow(self) -> int:
        ran("slow")
        return self.kept

    @rx.var(backend=True)
    def _private(self) -> int:
        ran("_private")
        return sum(self.prices) + 100

    @rx.var
    def fails_on_seven(self) -> int:
        if self.kept == 7:
            raise ValueError("seven")
        return self.kept

    def runs(self):
        return rx.console_log(rx_json(RUNS))

    def add(self, price: int):
        self.prices.append(price)

    def add_and_look(self, price: int):
        self.prices.append(price)
        self.seen = [self.total, self.total]
        self.prices.append(price)
        self.seen.append(self.total)

    def turn_on(self):
        self.flag = True

    def add_name(self, name: str):
        self.names.append(name)

    def keep(self, value: int):
        self.kept = value

    def set_factor(self, value: int):
        self._factor = value

    def log(self, value: int):
        self._log.append(value)

    def same(self):
        self.prices = list(self.prices)

    def look_at_private(self):
        self.seen = [self._private, self._private]

    def assign(self):
        self.total = 5


def rx_json(value):
    import json

    return json.dumps(value)


def index():
    return rx.text(Cart.label)


app = rx.App()
app.add_page(index)

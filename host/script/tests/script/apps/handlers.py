"""Handlers of every kind: generators, chains, commands, failures."""

import asyncio
import threading
import time

import reflex as rx

GATE = threading.Event()


class Work(rx.State):
    steps: list[str] = []
    value: int = 0
    given: str = ""
    order: list[str] = []

    def plain(self, step: str):
        self.steps.append(step)

    def stream(self, count: int):
        for number in range(count):
            self.value = number
            yield

    async def wait(self, count: int):
        await asyncio.sleep(0)
        self.value = count

    async def wait_stream(self, count: int):
        for number in range(count):
            await asyncio.sleep(0)
            self.value = number
            yield

    def then_other(self):
        self.steps.append("first")
        return Work.plain("second")

    def then_self(self):
        return type(self).plain("by type")

    def then_bound(self):
        return self.stream_twice

    def stream_twice(self):
        self.steps.append("bound")

    def then_many(self):
        return [Work.plain("one"), rx.toast("middle"), Work.plain("two"), Elsewhere.visit]

    def yield_many(self):
        yield Work.plain("later")
        self.steps.append("sooner")
        yield rx.redirect("/next")

    def calls(self):
        self.plain("called")
        self.steps.append("after")

    def wrong_return(self):
        return 42

    def endless(self):
        self.value += 1
        return Work.endless

    def fails(self):
        self.value = 5
        self.steps.append("before")
        raise ValueError("on purpose")

    def fails_after_yield(self):
        self.value = 1
        yield
        self.value = 2
        raise KeyError("late")

    def unsendable(self):
        self.given = threading.Lock()

    def function(self):
        self.given = lambda: 1

    def repaired(self):
        self.given = "sendable"

    def deep(self):
        value = []
        for _ in range(200):
            value = [value]
        self.steps = value

    def holds_itself(self):
        self.steps.append(self.steps)
        self.steps.append(self.steps)

    def block(self):
        GATE.clear()
        self.value = -1
        yield
        GATE.wait(30)
        self.value = -2

    def open_gate(self):
        GATE.set()
        self.value = 1

    def nap(self):
        time.sleep(0.01)
        self.value += 1

    def increment(self):
        self.value += 1

    def where(self):
        router = self.router
        self.given = repr((router.page.path, router.page.params, router.url.path,
                           router.session.client_ip, router.headers.user_agent))


class Elsewhere(rx.State):
    visits: int = 0

    def visit(self):
        self.visits += 1


def index():
    return rx.text(Work.value, rx.State.router.page.path)


app = rx.App()
app.add_page(index)

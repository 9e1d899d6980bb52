"""Counts the live objects of state classes and what they hold."""

import gc
import weakref

import reflex as rx

LIVE = weakref.WeakSet()


class Thing:
    def __init__(self):
        LIVE.add(self)
        self.me = self


class Counted(rx.State):
    items: list[list[int]] = []
    _thing: object = None

    def fill(self):
        self.items = [[1], [2]]
        self.items.append(self.items[0])
        self._thing = Thing()

    def live(self):
        gc.collect()
        states = sum(isinstance(one, rx.State) for one in gc.get_objects())
        return rx.console_log(str(states + len(LIVE)))


def index():
    return rx.text(Counted.items.length())


app = rx.App()
app.add_page(index)

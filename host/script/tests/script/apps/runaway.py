"""Handlers that compute without an end, or ask for more than there is. Each must hurt itself only."""

import re
import sys
import time

import reflex as rx


class Runaway(rx.State):
    """What can go wrong in a handler, and a counter to see that the session goes on."""

    count: int = 0
    text: str = ""

    @rx.event
    def increment(self):
        self.count += 1

    @rx.event
    def sync_loop(self):
        self.text = "looping"
        while True:
            pass

    @rx.event
    async def async_loop(self):
        while True:
            pass

    @rx.event
    def swallows_exceptions(self):
        while True:
            try:
                while True:
                    pass
            except Exception:
                pass

    @rx.event
    def swallows_everything(self):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass

    @rx.event
    def cleans_up(self):
        try:
            while True:
                pass
        finally:
            self.text = "cleaned up"

    @rx.event
    def sleeps(self, seconds: float):
        time.sleep(seconds)
        self.text = "slept"

    @rx.event
    def native_loop(self, length: int):
        self.text = str(sum(range(length)))

    @rx.event
    def native_match(self):
        re.match(r"(a+)+$", "a" * 26 + "b")
        self.text = "matched"


@rx.page(route="/")
def index():
    return rx.text(Runaway.count)

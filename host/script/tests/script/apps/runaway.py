"""Handlers that compute without an end, or ask for more than there is. Each must hurt itself only."""

import gc
import io
import sys
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import reflex as rx

# How many numbers are added to see how fast that goes.
SAMPLE = 1_000_000


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
    def native_loop(self, seconds: float):
        began = time.thread_time()
        sum(range(SAMPLE))
        length = int(SAMPLE * seconds / (time.thread_time() - began))
        sum(range(length))
        while True:
            pass

    @rx.event
    def panics(self):
        buffer = io.BytesIO()
        buffer.seek(2**63 - 1)
        buffer.write(b"RustPython 0.6.0 adds the two lengths and asks for that much")

    @rx.event
    def recurses(self, limit: int):
        previous = sys.getrecursionlimit()
        sys.setrecursionlimit(limit)
        try:
            self.recurse()
        finally:
            sys.setrecursionlimit(previous)

    def recurse(self):
        self.recurse()

    @rx.event
    def allocates(self, kind: str):
        if kind == "list":
            self.text = str(len([0] * (1 << 60)))
        elif kind == "text":
            self.text = str(len("x" * (1 << 62)))
        elif kind == "more than there is":
            self.text = str(len("x" * 10**13))

    @rx.event
    def recurses_in_a_thread(self):
        with ThreadPoolExecutor() as pool:
            self.count = pool.submit(depth_reached).result()

    @rx.event
    def makes_cycles(self, pairs: int):
        before = most = sum(gc.get_count())
        for number in range(pairs):
            left, right = Node(), Node()
            left.other, right.other = right, left
            if number % 1000 == 0:
                most = max(most, sum(gc.get_count()))
        self.count = most - before

    @rx.event
    def collects(self):
        node = Node()
        node.other = node
        known = weakref.ref(node)
        del node
        for _ in range(10):
            # A collection is put off while a thread of any app does not answer.
            gc.collect()
            if known() is None:
                break
        self.text = "collected" if known() is None else "still there"


def depth_reached():
    sys.setrecursionlimit(10**6)
    depth = 0

    def recurse():
        nonlocal depth
        depth += 1
        recurse()

    try:
        recurse()
    except RecursionError:
        return depth


class Node:
    """A thing that can refer to others, and to itself."""


@rx.page(route="/")
def index():
    return rx.text(Runaway.count)

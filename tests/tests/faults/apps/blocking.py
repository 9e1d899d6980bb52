"""Handlers that block, wait, loop and compute; and the clicks of those who must not notice."""

import asyncio
import time

import reflex as rx


class Clicks(rx.State):
    """What other users do meanwhile."""

    count: int = 0

    @rx.event
    def click(self):
        self.count += 1

    @rx.event
    async def click_async(self):
        self.count += 1


class Busy(rx.State):
    """What one user does."""

    log: list[str] = []

    @rx.event
    def note(self, text: str):
        self.log.append(text)

    @rx.event
    def blocks(self, seconds: float):
        time.sleep(seconds)
        self.log.append("blocked")

    @rx.event
    async def waits(self, seconds: float):
        await asyncio.sleep(seconds)
        self.log.append("waited")

    @rx.event
    def loops(self):
        self.log.append("looping")
        while True:
            pass

    @rx.event
    async def loops_async(self):
        self.log.append("looping")
        while True:
            pass

    @rx.event
    def computes(self):
        sum(range(10**10))

    @rx.event
    async def computes_async(self):
        sum(range(10**10))

    @rx.event
    async def spins(self):
        while True:
            await asyncio.sleep(0)


@rx.page(route="/")
def index():
    return rx.text(Clicks.count)

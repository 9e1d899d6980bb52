"""Handlers that send much; and clicks of others."""

import asyncio
import time

import reflex as rx

# How often a second the background task changes something.
RATE = 200


class Clicks(rx.State):
    """What other users do meanwhile."""

    count: int = 0

    @rx.event
    def click(self):
        self.count += 1


class Stream(rx.State):
    """What one user is sent."""

    number: int = 0
    text: str = ""

    @rx.event
    def stream(self, times: int, kilobytes: int):
        for number in range(1, times + 1):
            self.number = number
            self.text = f"{number:06}" + "x" * (kilobytes * 1024)
            yield
            time.sleep(0.001)

    @rx.event(background=True)
    async def push(self, times: int, kilobytes: int):
        for number in range(1, times + 1):
            async with self:
                self.number = number
                self.text = f"{number:06}" + "x" * (kilobytes * 1024)
            await asyncio.sleep(1 / RATE)

    @rx.event
    def sleeps(self, seconds: float):
        time.sleep(seconds)

    @rx.event
    def take(self, text: str):
        self.text = text[:6]


@rx.page(route="/")
def index():
    return rx.text(Stream.number)

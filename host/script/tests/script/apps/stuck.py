"""Async handlers that take the event loop with them."""

import asyncio
import io
import time

import reflex as rx

# How many numbers are added to see how fast that goes.
SAMPLE = 1_000_000


class Stuck(rx.State):
    count: int = 0

    async def increment(self):
        await asyncio.sleep(0)
        self.count += 1

    async def waits(self):
        self.count = 1
        yield
        await asyncio.sleep(3600)

    async def native_loop(self, seconds: float):
        await asyncio.sleep(0)
        began = time.thread_time()
        sum(range(SAMPLE))
        sum(range(int(SAMPLE * seconds / (time.thread_time() - began))))

    async def panics(self):
        await asyncio.sleep(0)
        buffer = io.BytesIO()
        buffer.seek(2**63 - 1)
        buffer.write(b"more")

    @rx.event(background=True)
    async def idles(self):
        await asyncio.sleep(3600)

    @rx.event(background=True)
    async def holds(self):
        async with self:
            self.count = 1
            await asyncio.sleep(0)
        async with self:
            await asyncio.sleep(3600)


@rx.page()
def index():
    return rx.text(Stuck.count)

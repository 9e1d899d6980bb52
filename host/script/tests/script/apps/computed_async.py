"""Computed vars that are async: what they ask for, what they wait for, who reads them."""

import asyncio

import reflex as rx


class Source(rx.State):
    base: int = 2

    def set_base(self, base: int):
        self.base = base


class Reader(rx.State):
    factor: int = 3
    seen: list[int] = []

    @rx.var
    async def product(self) -> int:
        source = await self.get_state(Source)
        return source.base * self.factor

    @rx.var
    async def waited(self) -> int:
        await asyncio.sleep(0.01)
        return self.factor + 1

    @rx.var
    async def both(self) -> list[int]:
        return [await self.product, await self.waited]

    @rx.var
    async def fails_on_seven(self) -> int:
        if self.factor == 7:
            raise ValueError("seven")
        return self.factor

    def set_factor(self, factor: int):
        self.factor = factor

    async def set_and_look(self, factor: int):
        await asyncio.sleep(0)
        self.factor = factor
        self.seen = [await self.product, await self.waited]


def index() -> rx.Component:
    return rx.vstack(
        rx.text(Reader.product),
        rx.text(Reader.waited),
        rx.foreach(Reader.both, rx.text),
        rx.text(Reader.fails_on_seven),
    )


app = rx.App()
app.add_page(index)

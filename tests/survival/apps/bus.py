"""What reaches a client from elsewhere: its own background task, another session, a shared state."""

import asyncio

import reflex as rx

TICK_S = 0.1


class Bus(rx.State):
    ticks: int = 0
    poked: list[str] = []

    @rx.event(background=True)
    async def tick(self, times: int):
        for _ in range(times):
            await asyncio.sleep(TICK_S)
            async with self:
                self.ticks += 1

    async def poke(self, token: str, text: str):
        async with app.modify_state(token) as state:
            other = await state.get_state(Bus)
            other.poked.append(text)


class Room(rx.SharedState):
    said: list[str] = []

    async def join(self, name: str):
        await self._link_to(name)

    def say(self, text: str):
        self.said.append(text)


def index():
    return rx.el.p(Bus.ticks, Bus.poked.length(), Room.said.length())


app = rx.App()
app.add_page(index, title="Bus")

"""Rooms in which sessions count, and tell what was counted twice or not at all."""

import asyncio

import reflex as rx

STEP_S = 0.005


class Mine(rx.State):
    """What a session has seen of its rooms: each of its events, with the room's count."""

    seen: list[str] = []


class Room(rx.SharedState):
    total: int = 0
    last: dict[str, int] = {}
    wrong: list[str] = []

    async def join(self, name: str):
        await self._link_to(name)

    async def leave(self):
        await self._unlink()

    async def add(self, who: str, number: int):
        self._count(who, number)
        await self._note()

    async def add_in_steps(self, who: str, number: int):
        self._count(who, number)
        yield
        await asyncio.sleep(STEP_S)
        await self._note()

    async def add_and_go(self, who: str, number: int, name: str):
        """What it changes in the room that it leaves is there before the event has ended."""
        self._count(who, number)
        await self._note()
        await self._link_to(name)
        await asyncio.sleep(STEP_S)

    async def add_slowly_and_go(self, who: str, number: int, name: str):
        """Long enough for another one to do so in the room that this one goes to."""
        self._count(who, number)
        await self._note()
        await asyncio.sleep(10 * STEP_S)
        await self._link_to(name)

    def hold(self, who: str, number: int, seconds: float):
        """Keeps the room for itself."""
        import time

        time.sleep(seconds)
        self._count(who, number)

    def _count(self, who: str, number: int):
        before = self.last.get(who, 0)
        if number != before + 1:
            self.wrong.append(f"{who}: {number} after {before}")
        self.last[who] = number
        self.total += 1

    async def _note(self):
        mine = await self.get_state(Mine)
        mine.seen.append(f"{self._linked_to} {self.total}")


def index():
    return rx.el.p(Room.total, Room.last.length(), Room.wrong.length(), Mine.seen.length())


app = rx.App()
app.add_page(index, title="Shared")

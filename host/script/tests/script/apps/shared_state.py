"""State that sessions share by linking it to a name."""

import asyncio
import dataclasses

import reflex as rx

GATE = asyncio.Event()
ENDED = []
MET = []


@dataclasses.dataclass
class Card:
    text: str
    tags: list[str]


class Private(rx.State):
    seen: str = ""
    log: list[str] = []

    async def look(self):
        room = await self.get_state(Room)
        self.seen = f"{room.count} {room._linked_to!r} {len(room._linked_from)} {room._secret}"

    async def visit(self, token: str):
        async with app.modify_state(token) as state:
            room = await state.get_state(Room)
            room.count += 100

    async def link_two(self, name: str):
        room = await self.get_state(Room)
        board = await self.get_state(Board)
        await asyncio.gather(room._link_to(name), board._link_to(name))

    async def room_then_board(self, name: str):
        room = await self.get_state(Room)
        board = await self.get_state(Board)
        await room._link_to(name)
        room.count += 1
        await board._link_to(name)
        board.moves += 1
        room.count += 1
        await board._unlink()
        await room._unlink()

    async def board_then_room(self, name: str):
        room = await self.get_state(Room)
        board = await self.get_state(Board)
        await board._link_to(name)
        board.moves += 1
        await room._link_to(name)
        room.count += 2
        await room._unlink()
        await board._unlink()


class Room(rx.SharedState):
    count: int = 0
    items: list[dict] = []
    scores: dict[str, int] = {}
    names: set[str] = set()
    cards: list[Card] = []
    _secret: str = "none"

    @rx.var
    def doubled(self) -> int:
        return self.count * 2

    @rx.var
    def total(self) -> int:
        return sum(item["n"] for item in self.items)

    @rx.var
    def is_linked(self) -> bool:
        return bool(self._linked_to)

    @rx.var
    def crowd(self) -> int:
        return len(self._linked_from)

    async def join(self, name: str):
        linked = await self._link_to(name)
        assert linked is self and self._linked_to == name

    async def join_and_count(self, name: str):
        await self._link_to(name)
        self.count += 1

    @rx.event(supersedes=True)
    async def join_latest(self, name: str):
        await self._link_to(name)
        self.count += 1

    async def leave(self):
        return await self._unlink()

    def add(self, number: int):
        self.count += number

    async def add_slowly(self):
        count = self.count
        await asyncio.sleep(0)
        self.count = count + 1

    async def add_twice(self):
        self.count += 1
        yield
        self.count += 1

    @rx.event(background=True)
    async def add_behind(self, times: int):
        for _ in range(times):
            async with self:
                count = self.count
                await asyncio.sleep(0)
                self.count = count + 1

    @rx.event(background=True)
    async def join_behind(self, name: str):
        async with self:
            await self._link_to(name)
            self.count += 1

    @rx.event(background=True)
    async def join_outside(self, name: str):
        await self._link_to(name)

    def fails(self):
        self.count += 1
        raise ValueError("in a linked state")

    def keep(self, secret: str):
        self._secret = secret

    def put(self, name: str):
        self.items.append({"name": name, "n": 1, "tags": []})
        self.scores[name] = len(self.items)
        self.names.add(name)
        self.cards.append(Card(name, []))

    def edit(self, name: str):
        for item in self.items:
            item["n"] += 1
            item["tags"].append(name)
        self.scores[name] = self.scores.get(name, 0) + 10
        self.cards[0].tags.append(name)
        self.names.discard(name)

    def clear(self):
        self.reset()

    async def hold(self):
        self.count += 1
        yield
        await GATE.wait()
        self.count += 1

    async def go(self, name: str):
        await self._link_to(name)
        await GATE.wait()

    async def count_and_go(self, name: str):
        self.count += 1
        await self._link_to(name)
        await GATE.wait()
        ENDED.append(name)

    async def count_and_leave(self, name: str):
        self.count += 1
        await self._unlink()
        await GATE.wait()
        ENDED.append(name)

    def mark(self):
        """Adds 10 when one of those has ended, else 1000."""
        self.count += 10 if ENDED else 1000

    async def meet_and_go(self, name: str):
        """Goes when two have come this far."""
        self.count += 1
        MET.append(name)
        if len(MET) == 2:
            GATE.set()
        await GATE.wait()
        await self._link_to(name)
        self.count += 10

    async def link_badly(self, name: str):
        await self._link_to(name)


class Corner(Room):
    inner: int = 0

    @rx.var
    def is_corner_linked(self) -> bool:
        return bool(self._linked_to)

    @rx.var
    def both(self) -> int:
        return self.count + self.inner

    def add_inner(self):
        self.inner += 1
        self.count += 1

    async def join_corner(self, name: str):
        await self._link_to(name)


class Board(rx.SharedState):
    moves: int = 0

    async def join_board(self, name: str):
        await self._link_to(name)


class Gate(rx.State):
    async def open(self):
        GATE.set()


@rx.page()
def index():
    return rx.text(
        Room.count,
        Room.doubled,
        Room.total,
        Corner.both,
        Board.moves,
        Private.seen,
        Room.items.length(),
    )


app = rx.App()

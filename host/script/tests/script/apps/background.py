"""Background tasks: handlers beside the session's queue."""

import asyncio

import reflex as rx

GATE = asyncio.Event()


class Work(rx.State):
    count: int = 0
    log: list[str] = []
    seen: str = ""

    @rx.event(background=True)
    async def count_to(self, number: int):
        for _ in range(number):
            async with self:
                self.count += 1
            await asyncio.sleep(0)

    @rx.background
    async def old_name(self):
        async with self:
            self.log.append("old name")

    def plain(self, text: str):
        self.log.append(text)

    @rx.event(background=True)
    async def writes_outside(self):
        refused = []
        for write in (self._set, self._append, self._set_other):
            try:
                await write()
            except rx.utils.exceptions.ImmutableStateError as raised:
                refused.append(type(raised).__name__)
        async with self:
            self.seen = f"{len(refused)} refused, count {self.count}, log {self.log}"

    async def _set(self):
        self.count = 99

    async def _append(self):
        self.log.append("outside")

    async def _set_other(self):
        other = await self.get_state(Other)
        other.value = 99

    @rx.event(background=True)
    async def reaches_other(self):
        async with self:
            other = await self.get_state(Other)
            other.value += 1
            self._helper("from a helper")
            self.seen = f"{isinstance(self, Work)} {self.doubled}"

    def _helper(self, text):
        self.log.append(text)

    @rx.var
    def doubled(self) -> int:
        return self.count * 2

    @rx.event(background=True)
    async def yields(self):
        yield Work.plain("yielded")
        async with self:
            self.log.append("inside")
        yield rx.toast("from behind")
        yield [Work.plain("one"), Work.plain("two")]

    @rx.event(background=True)
    async def returns(self):
        await asyncio.sleep(0)
        return Work.plain("returned")

    @rx.event(background=True)
    async def fails(self):
        async with self:
            self.count = 5
            raise ValueError("in the background")

    @rx.event(background=True)
    async def waits(self):
        async with self:
            self.log.append("waits")
        await GATE.wait()
        async with self:
            self.log.append("went on")

    async def open_gate(self):
        GATE.set()

    @rx.event(background=True, supersedes=True)
    async def latest(self, text: str):
        try:
            async with self:
                self.log.append(f"{text} began")
            await asyncio.sleep(60 if text != "last" else 0)
        except asyncio.CancelledError:
            async with self:
                self.log.append(f"{text} cancelled")
            raise
        async with self:
            self.seen = text

    @rx.event(background=True)
    async def holds(self):
        async with self:
            self.log.append("holds")
            await asyncio.sleep(0.05)
            self.log.append("lets go")

    @rx.event(background=True)
    async def in_a_thread(self):
        async with self:
            await rx.run_in_thread(self._work)

    def _work(self):
        self.log.append("from a thread")


class Other(rx.State):
    value: int = 0

    async def visit(self, token: str):
        async with app.modify_state(token) as state:
            work = await state.get_state(Work)
            work.log.append("a visitor")
            work.count += 100

    def nothing(self):
        pass

    @rx.event(background=True)
    async def nobody(self):
        async with app.modify_state("no such token"):
            pass


@rx.page()
def index():
    return rx.text(Work.count, Work.log, Work.seen, Work.doubled, Other.value)


app = rx.App()

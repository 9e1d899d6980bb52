"""Async handlers on the app's one loop: what asyncio gives, and how handlers share it."""

import asyncio
import contextvars
import sys
import time

import reflex as rx

LOCK = asyncio.Lock()
GATE = asyncio.Event()
LOOPS = set()
WHO = contextvars.ContextVar("who", default="nobody")


async def _echo(reader, writer):
    writer.write((await reader.readline()).upper())
    await writer.drain()
    writer.close()


class Loop(rx.State):
    result: str = ""
    count: int = 0

    async def run(self, name: str):
        LOOPS.add(id(asyncio.get_running_loop()))
        self.result = repr(await getattr(self, f"_{name}")())

    async def loops(self):
        self.count = len(LOOPS)

    async def _sleep(self):
        began = time.monotonic()
        await asyncio.sleep(0.05)
        return time.monotonic() - began >= 0.05

    async def _gather(self):
        async def late(number):
            await asyncio.sleep(0.01 * (3 - number))
            return number

        return await asyncio.gather(*(late(number) for number in range(3)))

    async def _create_task(self):
        task = asyncio.create_task(asyncio.sleep(0, "made"))
        return await task

    async def _wait_for(self):
        try:
            await asyncio.wait_for(asyncio.sleep(60), 0.01)
        except TimeoutError:
            return "timed out"

    async def _timeout(self):
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(60)
        except TimeoutError:
            return "timed out"

    async def _queue(self):
        queue = asyncio.Queue(1)

        async def fill():
            for number in range(3):
                await queue.put(number)

        async with asyncio.TaskGroup() as group:
            group.create_task(fill())
            return [await queue.get() for _ in range(3)]

    async def _semaphore(self):
        semaphore, inside, most = asyncio.Semaphore(2), 0, 0

        async def enter():
            nonlocal inside, most
            async with semaphore:
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1

        await asyncio.gather(*(enter() for _ in range(6)))
        return most

    async def _group_error(self):
        async def fail():
            raise ValueError("in the group")

        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fail())
                group.create_task(asyncio.sleep(60))
        except* ValueError as raised:
            message = str(raised.exceptions[0])
        return message

    async def _to_thread(self):
        def work(number):
            time.sleep(0.01)
            return number + 1

        return await asyncio.to_thread(work, 1)

    async def _run_in_thread(self):
        return await rx.run_in_thread(lambda: 2 + 2)

    async def _executor(self):
        event_loop = asyncio.get_running_loop()
        return await event_loop.run_in_executor(None, sum, [1, 2, 3])

    async def _streams(self):
        server = await asyncio.start_server(_echo, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"hello\n")
        answer = await reader.readline()
        writer.close()
        server.close()
        return answer

    async def _subprocess(self):
        process = await asyncio.create_subprocess_exec(
            "/bin/echo", "from outside", stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        return out.decode().strip(), process.returncode

    async def _call_later(self):
        event_loop, heard = asyncio.get_running_loop(), asyncio.Event()
        event_loop.call_later(0.01, heard.set)
        await heard.wait()
        return "heard"

    async def _threadsafe(self):
        event_loop, heard = asyncio.get_running_loop(), asyncio.Event()
        await asyncio.to_thread(event_loop.call_soon_threadsafe, heard.set)
        await heard.wait()
        return "heard"

    async def _contextvars(self):
        WHO.set("this one")
        await asyncio.sleep(0)
        seen = await asyncio.create_task(self._who())
        return seen

    async def _who(self):
        return WHO.get()

    async def _context_is_own(self):
        return WHO.get()

    async def _cancelled(self):
        task = asyncio.create_task(asyncio.sleep(60))
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            return "cancelled"

    async def _current_task(self):
        return asyncio.current_task() is not None

    async def wait_for_gate(self):
        self.count = 1
        yield
        await GATE.wait()
        self.count = 2

    async def open_gate(self):
        GATE.set()

    async def with_lock(self):
        async with LOCK:
            self.count += 1
            await asyncio.sleep(0.001)

    async def fails_late(self):
        self.count = 7
        await asyncio.sleep(0.001)
        raise ValueError("late")

    async def then_sync(self):
        yield Loop.sync_step("first")
        await asyncio.sleep(0)
        yield [Loop.async_step("second"), Loop.sync_step("third")]

    def sync_step(self, name: str):
        self.result += f" {name}"

    async def async_step(self, name: str):
        await asyncio.sleep(0)
        self.result += f" {name}"

    @rx.event(supersedes=True)
    async def search(self, text: str):
        self.count += 1
        yield
        await asyncio.sleep(0.2 if text != "last" else 0)
        self.result = text

    async def exits(self):
        sys.exit(3)


class Derived(rx.State):
    """Computed vars are computed on a worker even when an async handler changes what they read."""

    base: int = 1

    @rx.var
    def doubled(self) -> int:
        return self.base * 2

    async def grow(self):
        for _ in range(3):
            await asyncio.sleep(0)
            self.base += 1
            yield

    async def grow_once(self):
        self.base += 1


@rx.page()
def index():
    return rx.text(Loop.result, Loop.count, Derived.doubled)

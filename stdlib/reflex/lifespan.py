"""What lives as long as the server: lifespan tasks, and the lifespan of an app's ASGI application.

All of it runs in one asyncio task, so that what is entered there is left there. What raises is told
in the log, and nothing else is the worse for it. Not here: registering tasks (`app.py`).
"""

import asyncio
import inspect

import _ferroflex_asgi
from _ferroflex_limits import LIFESPAN_CANCEL_S_MAX
from reflex.asgi import ASGI


class Life:
    """The life of an app while it is served."""

    def __init__(self, app, application, tasks, state):
        self._app = app
        self._application = application
        self._tasks = tasks
        self._state = state
        self._over = asyncio.Event()
        self._entered = []
        self._running = []
        self._task = None

    def start(self, started):
        """Begins everything in order; then calls `started`."""
        self._task = asyncio.get_running_loop().create_task(self._live(started))

    def stop(self, stopped):
        """Ends everything; then calls `stopped`."""
        self._task.add_done_callback(lambda _: stopped())
        self._over.set()

    async def _live(self, started):
        application = _OfApplication(self._application, self._state)
        try:
            for task in self._tasks:
                try:
                    await self._begin(task)
                except Exception as raised:
                    _report(task, "failed", raised)
            await application.start()
            started()
            await self._over.wait()
        finally:
            await application.stop()
            await self._leave()
            await self._cancel()

    async def _begin(self, task):
        if isinstance(task, asyncio.Task):
            self._running.append(task)
            return
        begun = task(**self._arguments(task))
        if hasattr(begun, "__aenter__"):
            await begun.__aenter__()
            self._entered.append((task, begun))
        elif asyncio.iscoroutine(begun):
            made = asyncio.get_running_loop().create_task(begun, name=f"lifespan {_name(task)}")
            made.add_done_callback(lambda ended: _report_end(task, ended))
            self._running.append(made)

    def _arguments(self, task):
        known = {"app": self._app, "starlette_app": self._application}
        parameters = inspect.signature(task).parameters
        return {name: value for name, value in known.items() if name in parameters}

    async def _leave(self):
        for task, context in reversed(self._entered):
            try:
                await context.__aexit__(None, None, None)
            except Exception as raised:
                _report(task, "failed when it was left", raised)

    async def _cancel(self):
        running = [task for task in self._running if not task.done()]
        for task in running:
            task.cancel("lifespan_cleanup")
        if not running:
            return
        _, pending = await asyncio.wait(running, timeout=LIFESPAN_CANCEL_S_MAX)
        for task in pending:
            name = task.get_name()
            late = f"{name} did not end {LIFESPAN_CANCEL_S_MAX} s after it was cancelled"
            _ferroflex_asgi.warn(late)


class _OfApplication:
    """ASGI's lifespan protocol, as the server of an application speaks it."""

    def __init__(self, application, state):
        self._application = application
        self._state = state
        self._sent = asyncio.Queue()
        self._answered = asyncio.Queue()
        self._task = None

    async def start(self):
        if self._application is not None:
            self._task = asyncio.get_running_loop().create_task(self._run())
            await self._ask("startup")

    async def stop(self):
        if self._task is not None and not self._task.done():
            await self._ask("shutdown")

    async def _ask(self, what):
        self._sent.put_nowait({"type": f"lifespan.{what}"})
        answer = asyncio.get_running_loop().create_task(self._answered.get())
        await asyncio.wait([answer, self._task], return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
        elif answer.result()["type"].endswith(".failed"):
            message = answer.result().get("message", "")
            _ferroflex_asgi.warn(f"the {what} of the app's ASGI application failed: {message}")

    async def _run(self):
        scope = {"type": "lifespan", "asgi": dict(ASGI), "state": self._state}
        try:
            await self._application(scope, self._sent.get, self._answered.put)
        except Exception:
            # It knows no lifespan, which is its right, or has said in an answer that it failed.
            pass


def _name(task):
    return getattr(task, "__name__", None) or repr(task)


def _report(task, what, raised):
    _ferroflex_asgi.report(f"the lifespan task {_name(task)} {what}", raised)


def _report_end(task, ended):
    if not ended.cancelled() and ended.exception() is not None:
        _report(task, "failed", ended.exception())

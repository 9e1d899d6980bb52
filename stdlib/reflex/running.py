"""What the host needs in Python to run handlers: the coroutines of async ones. Not for apps.

`run` is native: it takes in what a handler yields and returns, and does the rest.
"""

import _ferroflex_loop


async def complete(awaitable, run):
    """Runs an async handler to its end."""
    try:
        returned = await awaitable
    except BaseException as raised:
        run.failed(raised)
    else:
        run.returned(returned)


async def exhaust(steps, run):
    """Runs an async handler that yields to its end."""
    try:
        async for yielded in steps:
            pause = run.yielded(yielded)
            if pause is not None:
                await pause
    except BaseException as raised:
        run.failed(raised)
    else:
        run.returned(None)


async def admitted(future, section):
    """Waits for the section of a session, and gives it back when the wait is cancelled."""
    try:
        return await future
    except BaseException:
        section.give_up()
        raise


class Reached:
    """The state of the session with that token, wherever it is, for `async with`."""

    def __init__(self, token):
        self._token = token
        self._section = None

    async def __aenter__(self):
        if self._section is not None:
            raise RuntimeError(
                "`async with` was entered already; leave it before entering it again"
            )
        section = await _ferroflex_loop.reach(self._token)
        state = await section.__aenter__()
        self._section = section
        return state

    async def __aexit__(self, *raised):
        section, self._section = self._section, None
        return await section.__aexit__(*raised)


class TimeBudgetExceeded(BaseException):
    """Raised by the host in Python that computes for too long.

    Not an `Exception`: `except Exception` is there for what an app expects, and must not keep a
    runaway handler running.
    """

"""Async computed vars: how one comes to its value where a page is told of it.

A page is told of its vars when a handler is over, on whichever thread it ran, and nothing is told
before all of them have their values. So the method runs to its end right there, on an event loop of
the thread's own. Most only ask for other states and never wait; one that does wait, for a timer or
a service, holds up its session and, after an async handler, the app's other async handlers too.

Not here: what a handler gets that reads such a var, which is the coroutine, to be awaited.
"""

import asyncio
import threading

from _ferroflex_limits import COMPUTED_WAIT_S_MAX

_OF_THREAD = threading.local()


def settled(method):
    """A function that gives what an async method of a state gives, once it is there."""

    def compute(state):
        return _finish(method(state))

    return compute


def _finish(coroutine):
    # After an async handler this is the thread of the app's loop, which stands still meanwhile.
    around = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return _loop().run_until_complete(asyncio.wait_for(coroutine, COMPUTED_WAIT_S_MAX))
    finally:
        asyncio._set_running_loop(around)


def _loop():
    try:
        return _OF_THREAD.loop
    except AttributeError:
        _OF_THREAD.loop = asyncio.new_event_loop()
        return _OF_THREAD.loop

"""`rx.Middleware`: what stands before and after every event's handler.

Not here: HTTP middleware, which stands around endpoints (`app.api`, `api_transformer`).
"""

import asyncio
import inspect

from reflex.utils.console import warn


class Event:
    """An event, as middleware sees it."""

    def __init__(self, token, name, payload):
        self.token = token
        self.name = name
        self.payload = payload
        self.router_data = {}


class StateUpdate:
    """What a middleware answers in place of the handler: events that are to follow."""

    def __init__(self, delta=None, events=None, final=True):
        self.delta = delta or {}
        self.events = list(events or [])
        self.final = final


class Middleware:
    """What stands before and after every event's handler."""

    async def preprocess(self, app, state, event):
        """Called before the handler, which does not run when a `StateUpdate` is returned."""
        return None

    async def postprocess(self, app, state, event, update):
        """Called after the handler."""
        return update


class Around:
    """Calls handlers within an app's middleware. The host calls it in the place of a handler."""

    def __init__(self, app, middleware):
        self._app = app
        self._middleware = middleware

    def __call__(self, handler, name, state, *args):
        """What a call of the handler gives: steps to run, sync or async as it is itself."""
        code = getattr(handler, "__code__", None)
        names = () if code is None else code.co_varnames[1 : code.co_argcount]
        token = state.router.session.client_token
        event = Event(token, name, dict(zip(names, args)))
        is_async = asyncio.iscoroutinefunction(handler) or inspect.isasyncgenfunction(handler)
        steps = self._asynchronous if is_async else self._synchronous
        return steps(handler, state, args, event)

    async def _asynchronous(self, handler, state, args, event):
        for middleware in self._middleware:
            update = middleware.preprocess(app=self._app, state=state, event=event)
            update = await update if inspect.isawaitable(update) else update
            if update is not None:
                yield _followed(update)
                return
        result = handler(state, *args)
        if hasattr(result, "__aiter__"):
            async for step in result:
                yield step
        else:
            yield await result
        update = StateUpdate()
        for middleware in self._middleware:
            made = middleware.postprocess(app=self._app, state=state, event=event, update=update)
            update = await made if inspect.isawaitable(made) else made
        yield _followed(update)

    def _synchronous(self, handler, state, args, event):
        for middleware in self._middleware:
            update = _now(middleware.preprocess(app=self._app, state=state, event=event))
            if update is not None:
                yield _followed(update)
                return
        result = handler(state, *args)
        if inspect.isgenerator(result):
            result = yield from result
        yield result
        update = StateUpdate()
        for middleware in self._middleware:
            made = middleware.postprocess(app=self._app, state=state, event=event, update=update)
            update = _now(made)
        yield _followed(update)


def _now(awaitable):
    """What a coroutine returns that never waits: a sync handler's thread has no loop."""
    if not inspect.iscoroutine(awaitable):
        return awaitable
    try:
        awaitable.send(None)
    except StopIteration as end:
        return end.value
    awaitable.close()
    raise RuntimeError("middleware that waits can stand around async handlers only")


def _followed(update):
    """The events that an update wants to follow."""
    if update is None:
        return None
    if update.delta:
        warn("a middleware returned a delta, which has no effect; assign to the state's fields")
    return update.events or None

"""An app's own endpoints as the host serves them: every request is a call of one ASGI application,
which is made of `app.api` and `App(api_transformer=…)`. Not for apps.

Not here: routing (`reflex.api`), and what lives as long as the server (`lifespan.py`).
"""

import asyncio
import sys

# The version of ASGI. 2.3 has Starlette wait for the client to leave while it streams, so that an
# endpoint that has nothing to send for a while hears of it, too.
ASGI = {"version": "3.0", "spec_version": "2.3"}

# Answers that have no body.
_BODILESS = {204, 304}


_SIGNS_OF_LIFE = {"/ping": b'"pong"', "/_health": b'{"status":true}'}


class ClientGone(OSError):
    """The client left before it had its whole answer."""


class Served:
    """What an app has besides its pages. The host calls its methods on the app's loop."""

    def __init__(self, app, tasks):
        self.application = application(app)
        self.has_endpoints = self.application is not None
        self._app = app
        self._tasks = tasks
        self._life = None
        self._state = {}

    def start(self, done):
        """Begins what lives as long as the server; calls `done` when it has begun."""
        from reflex.lifespan import Life

        self._life = Life(self._app, self.application, self._tasks, self._state)
        self._life.start(done)

    def stop(self, done):
        """Ends it; calls `done` when it has ended."""
        if self._life is None:
            done()
        else:
            self._life.stop(done)

    async def answer(self, request, exchange):
        """Has the application answer a request."""
        scope = {"type": "http", "asgi": dict(ASGI), "server": None, "extensions": {}, **request}
        scope["state"] = dict(self._state)
        channel = _Channel(exchange, scope["method"] == "HEAD")
        try:
            await self.application(scope, channel.receive, channel.send)
        except ClientGone:
            exchange.ended()
        except BaseException as raised:
            if isinstance(raised, BaseExceptionGroup) and raised.split(ClientGone)[1] is None:
                exchange.ended()
            else:
                exchange.failed(raised)
        else:
            if not channel.is_started:
                message = f"the application did not answer {scope['method']} {scope['path']}"
                exchange.failed(RuntimeError(message))
            exchange.ended()


class _Channel:
    """ASGI's two ways between an application and a request."""

    def __init__(self, exchange, is_head):
        self._exchange = exchange
        self._awaited = None
        self._has_body = not is_head
        self.is_started = False

    async def receive(self):
        # What was waited for in vain, by one who was cancelled, is the next one's.
        if self._awaited is None:
            self._awaited = self._exchange.receive()
        part = await asyncio.shield(self._awaited)
        self._awaited = None
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part[0], "more_body": part[1]}

    async def send(self, message):
        kind = message["type"]
        if kind == "http.response.start":
            self._start(message)
        elif kind == "http.response.body" and self.is_started:
            body, more = bytes(message.get("body", b"")), bool(message.get("more_body", False))
            if self._has_body and not await self._exchange.send(body, more):
                raise ClientGone("the client has left")
        else:
            raise RuntimeError(f"{kind} was not expected")

    def _start(self, message):
        if self.is_started:
            raise RuntimeError("the answer has begun already")
        headers = [(bytes(name), bytes(value)) for name, value in message.get("headers", ())]
        self.is_started = True
        self._has_body = self._has_body and message["status"] not in _BODILESS
        if not self._exchange.start(message["status"], headers):
            raise ClientGone("the client has left")


def application(app):
    """The ASGI application of an app, inside out; None when it has no endpoints."""
    made = app._own_api
    transformers = app.api_transformer
    if transformers is None:
        return made
    if not isinstance(transformers, (list, tuple)):
        transformers = [transformers]
    made = _with_signs_of_life(made or nothing)
    for transformer in transformers:
        made = _transformed(transformer, made)
    return made


def _with_signs_of_life(inner):
    """An application that answers those who ask whether the app is there; Reflex's stands inside
    its transformers, too. Without any, the host answers by itself."""

    async def whole(scope, receive, send):
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        body = _SIGNS_OF_LIFE.get(path)
        if scope["type"] != "http" or body is None or scope["method"] not in ("GET", "HEAD"):
            return await inner(scope, receive, send)
        await _answer(send, 200, body)

    return whole


def _transformed(transformer, inner):
    starlette = sys.modules.get("starlette.applications")
    if starlette is not None and isinstance(transformer, starlette.Starlette):
        transformer.mount("", inner)
        return transformer
    if _is_application(transformer):
        return transformer
    made = transformer(inner)
    if not callable(made):
        raise TypeError(
            f"api_transformer: {transformer!r} gives {made!r}; it has to return an ASGI application"
        )
    return made


def _is_application(transformer):
    """Whether it is an ASGI application itself, in place of a function of one."""
    import inspect

    try:
        parameters = inspect.signature(transformer).parameters.values()
    except (TypeError, ValueError):
        return False
    needed = [it for it in parameters if it.default is it.empty and it.kind in (0, 1)]
    return len(needed) == 3


async def nothing(scope, receive, send):
    """The innermost application: has no endpoint, and says so."""
    if scope["type"] == "lifespan":
        await no_life(receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})
    else:
        await _answer(send, 404, b'{"detail":"Not Found"}')


async def _answer(send, status, body):
    length = str(len(body)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def no_life(receive, send, run=None):
    """Answers ASGI's lifespan protocol; `run` is called with `startup` and `shutdown`."""
    while True:
        message = await receive()
        if run is not None:
            await run(message["type"].removeprefix("lifespan."))
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return

"""An app's own HTTP endpoints: `app.api`, routers of endpoints, and what endpoints get and give.

An endpoint is a plain function; a sync one runs on a thread that may block, an async one on the
app's loop. All of it is an ASGI application, so that applications of other makers can stand in it
and around it. Not here: HTTP, which is the host's (`reflex.asgi`).
"""

from reflex.api.requests import Request
from reflex.api.responses import HTTPException, JSONResponse, Response, StreamingResponse
from reflex.api.router import Router
from reflex.asgi import no_life

__all__ = [
    "Api", "HTTPException", "JSONResponse", "Request", "Response", "Router", "StreamingResponse",
]  # fmt: skip

APIRouter = Router


class Api(Router):
    """The endpoints of an app."""

    def __init__(self):
        super().__init__()
        self._middleware = []
        self._whole = None
        self._events = {"startup": [], "shutdown": []}

    def add_middleware(self, middleware, *args, **options):
        """Puts an ASGI middleware around all endpoints: a class that is made with the application
        inside it. The last one added is the outermost."""
        self._middleware.append((middleware, args, options))
        self._whole = None

    def middleware(self, kind):
        """A decorator for a function of a request and of what answers it. Needs Starlette."""
        from starlette.middleware.base import BaseHTTPMiddleware

        def decorate(function):
            self.add_middleware(BaseHTTPMiddleware, dispatch=function)
            return function

        return decorate

    def on_event(self, event):
        """A decorator for what runs on `startup` or `shutdown` of the server."""

        def decorate(function):
            self.add_event_handler(event, function)
            return function

        return decorate

    def add_event_handler(self, event, function):
        """Has a function run on `startup` or `shutdown` of the server."""
        self._events[event].append(function)

    async def __call__(self, scope, receive, send):
        """Answers, as an ASGI application."""
        if self._whole is None:
            whole = self._within
            for middleware, args, options in self._middleware:
                whole = middleware(whole, *args, **options)
            self._whole = whole
        await self._whole(scope, receive, send)

    async def _within(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await no_life(receive, send, self._run_events)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self.route(scope, receive, send)

    async def _run_events(self, event):
        for function in self._events[event]:
            waited = function()
            if hasattr(waited, "__await__"):
                await waited

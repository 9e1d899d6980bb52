"""Answers of endpoints: what a returned value becomes, and answers made by hand.

Not here: how they are sent (the host).
"""

import json

from reflex.utils.serializers import get_serializer


class HTTPException(Exception):
    """Ends an endpoint with a status, and `{"detail": …}` as its answer."""

    def __init__(self, status_code, detail=None, headers=None):
        super().__init__(f"{status_code}: {detail}")
        self.status_code = status_code
        self.detail = detail
        self.headers = headers


class Response:
    """An answer: text or bytes."""

    media_type = "text/plain"

    def __init__(self, content=b"", status_code=200, headers=None, media_type=None):
        self.status_code = status_code
        self.body = self.render(content)
        self.headers = {name.lower(): str(value) for name, value in (headers or {}).items()}
        kind = media_type or self.media_type
        if kind is not None:
            charset = "; charset=utf-8" if kind.startswith("text/") else ""
            self.headers.setdefault("content-type", kind + charset)

    def render(self, content):
        """The content as bytes."""
        if content is None:
            return b""
        return content.encode() if isinstance(content, str) else bytes(content)

    async def __call__(self, scope, receive, send):
        """Sends it, as an ASGI application."""
        await send(self._start({"content-length": len(self.body)}))
        await send({"type": "http.response.body", "body": self.body})

    def _start(self, more):
        headers = {**more, **self.headers} if self.status_code not in (204, 304) else self.headers
        raw = [(name.encode("latin-1"), str(it).encode("latin-1")) for name, it in headers.items()]
        return {"type": "http.response.start", "status": self.status_code, "headers": raw}


class JSONResponse(Response):
    """An answer in JSON."""

    media_type = "application/json"

    def render(self, content):
        """The content as JSON."""
        text = json.dumps(
            content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain
        )
        return text.encode()


class StreamingResponse(Response):
    """An answer whose parts are sent as they are made: of an iterator, sync or async."""

    def __init__(self, content, status_code=200, headers=None, media_type=None):
        super().__init__(b"", status_code, headers, media_type)
        self._parts = content

    async def __call__(self, scope, receive, send):
        """Sends it, as an ASGI application."""
        await send(self._start({}))
        async for part in _asynchronous(self._parts):
            body = part.encode() if isinstance(part, str) else bytes(part)
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _asynchronous(parts):
    if hasattr(parts, "__aiter__"):
        async for part in parts:
            yield part
        return
    from _ferroflex_asgi import on_worker

    steps, end = iter(parts), object()
    while (part := await on_worker(lambda: next(steps, end))) is not end:
        yield part


def answer_of(result, status_code):
    """The answer that a returned value means; one of Starlette's is one already."""
    if callable(result) and hasattr(result, "status_code"):
        return result
    if hasattr(result, "__aiter__"):
        return StreamingResponse(result, status_code)
    if isinstance(result, (bytes, bytearray)):
        return Response(result, status_code, media_type="application/octet-stream")
    if status_code == 204:
        return Response(b"", status_code)
    return JSONResponse(result, status_code)


def plain(value):
    """What stands in JSON for a value that JSON does not know."""
    serializer = get_serializer(type(value))
    if serializer is not None:
        return serializer(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    for name in ("model_dump", "dict", "isoformat"):
        method = getattr(value, name, None)
        if callable(method):
            return method()
    if hasattr(type(value), "__members__"):
        return value.value
    if isinstance(value, (set, frozenset)) or hasattr(value, "__iter__"):
        return list(value)
    if type(value).__name__ in ("UUID", "Decimal", "PosixPath"):
        return str(value)
    raise TypeError(f"an endpoint returned a {type(value).__name__}, which JSON does not know")

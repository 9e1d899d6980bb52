"""A request, as an endpoint has it.

Not here: which endpoint it is for (`router.py`).
"""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

from _ferroflex_limits import BODY_GATHERED_BYTES_MAX
from reflex.api.responses import HTTPException


class Request:
    """A request. Its body can be gathered or streamed."""

    def __init__(self, scope, receive):
        self.scope = scope
        self.receive = receive
        self.method = scope["method"]
        self.path_params = scope.get("path_params", {})
        self.headers = Headers(scope["headers"])
        self.query_params = Pairs(_pairs(scope["query_string"].decode("latin-1")))
        self.url = Url(scope, self.headers)
        self.client = scope.get("client") and Client(*scope["client"])
        self._body = None

    @property
    def cookies(self):
        """The cookies that came with it, by name."""
        parts = (part.partition("=") for part in self.headers.get("cookie", "").split(";"))
        return {name.strip(): unquote(value.strip('" ')) for name, found, value in parts if found}

    async def stream(self):
        """The parts of the body, as they come."""
        if self._body is not None:
            yield self._body
            return
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ConnectionError("the client left before its request was whole")
            more = message.get("more_body", False)
            if message.get("body"):
                yield message["body"]

    async def body(self):
        """The whole body."""
        if self._body is None:
            parts, size = [], 0
            async for part in self.stream():
                parts.append(part)
                size += len(part)
                if size > BODY_GATHERED_BYTES_MAX:
                    problem = f"a body may have {BODY_GATHERED_BYTES_MAX} bytes at most"
                    raise HTTPException(413, problem)
            self._body = b"".join(parts)
        return self._body

    async def text(self):
        """The whole body as text."""
        return (await self.body()).decode()

    async def json(self):
        """What the body says in JSON; raises with status 422 when it is none."""
        try:
            return json.loads(await self.body())
        except ValueError as error:
            raise HTTPException(422, [{"loc": ["body"], "msg": f"no JSON: {error}"}]) from None

    async def form(self):
        """The fields of a form; files of one that is sent as `multipart/form-data` among them."""
        content_type = self.headers.get("content-type", "")
        if content_type.partition(";")[0].strip().lower() != "multipart/form-data":
            return Pairs(_pairs(await self.text()))
        from reflex.api.multipart import parts

        return Pairs(parts(await self.body(), content_type))


class Client:
    """Where a request came from."""

    def __init__(self, host, port):
        self.host = host
        self.port = port


class Url:
    """The address that was asked for."""

    def __init__(self, scope, headers):
        self.scheme = scope.get("scheme", "http")
        self.netloc = headers.get("host", "")
        self.path = scope["path"]
        self.query = scope["query_string"].decode("latin-1")

    def __str__(self):
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{self.netloc}{self.path}{query}"


class Pairs(Mapping):
    """Texts, and a form's files, by name, of which some may have several."""

    def __init__(self, pairs):
        self._pairs = pairs

    def getlist(self, name):
        """All values of a name."""
        return [value for key, value in self._pairs if key == name]

    def __getitem__(self, name):
        found = self.getlist(name)
        if not found:
            raise KeyError(name)
        return found[-1]

    def __iter__(self):
        return iter(dict(self._pairs))

    def __len__(self):
        return len(dict(self._pairs))


class Headers(Pairs):
    """Headers, whose names may be written in any case."""

    def __init__(self, raw):
        super().__init__([(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw])

    def getlist(self, name):
        """All values of a header."""
        return super().getlist(name.lower())


def _pairs(text):
    return parse_qsl(text, keep_blank_values=True)

"""Which endpoint a request is for: paths with parameters, methods, routers in routers, mounts.

Not here: what an endpoint is called with (`arguments.py`).
"""

import re

from reflex.api import arguments
from reflex.api.requests import Request
from reflex.api.responses import HTTPException, JSONResponse, answer_of

# What a parameter of a path may hold, by its kind: `{path:path}`.
_KINDS = {
    "str": "[^/]+",
    "path": ".*",
    "int": "[0-9]+",
    "float": r"[0-9]+(?:\.[0-9]+)?",
    "uuid": "[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}",
}
_PARAMETER = re.compile(r"{([a-zA-Z_]\w*)(?::([a-z]+))?}")

# What `matches` of a route of Starlette's gives for one that fits in every respect.
_FULL = 2


class Router:
    """Endpoints by path and method. The first that fits answers."""

    def __init__(self, prefix="", routes=None, **options):
        self.prefix = prefix.rstrip("/")
        self.routes = list(routes or [])

    def add_api_route(self, path, endpoint, methods=None, status_code=200, **options):
        """Adds an endpoint, whose parameters are those of the path, of the query and the body."""
        self.routes.append(_Route(self.prefix + path, endpoint, methods, status_code))

    def add_route(self, path, route, methods=None, name=None, include_in_schema=True):
        """Adds an endpoint that takes the request."""
        self.routes.append(_Route(self.prefix + path, route, methods, 200, takes_request=True))

    def api_route(self, path, methods=None, **options):
        """A decorator: the function is an endpoint."""

        def decorate(endpoint):
            self.add_api_route(path, endpoint, methods, **options)
            return endpoint

        return decorate

    def get(self, path, **options):
        """A decorator: the function answers GET."""
        return self.api_route(path, ["GET"], **options)

    def post(self, path, **options):
        """A decorator: the function answers POST."""
        return self.api_route(path, ["POST"], **options)

    def put(self, path, **options):
        """A decorator: the function answers PUT."""
        return self.api_route(path, ["PUT"], **options)

    def patch(self, path, **options):
        """A decorator: the function answers PATCH."""
        return self.api_route(path, ["PATCH"], **options)

    def delete(self, path, **options):
        """A decorator: the function answers DELETE."""
        return self.api_route(path, ["DELETE"], **options)

    def options(self, path, **options):
        """A decorator: the function answers OPTIONS."""
        return self.api_route(path, ["OPTIONS"], **options)

    def head(self, path, **options):
        """A decorator: the function answers HEAD."""
        return self.api_route(path, ["HEAD"], **options)

    def include_router(self, router, prefix="", **options):
        """Adds the endpoints of another router, Starlette's among them, below a prefix."""
        prefix = self.prefix + prefix
        for route in router.routes:
            if isinstance(route, (_Route, _Mount)):
                self.routes.append(route.below(prefix))
            else:
                self.routes.append(_Mount(prefix, Router(routes=[route])) if prefix else route)

    def mount(self, path, app, name=None):
        """Has an ASGI application answer everything below a path."""
        self.routes.append(_Mount(self.prefix + path.rstrip("/"), app))

    async def route(self, scope, receive, send):
        """Has the endpoint that a request is for answer it."""
        scope.setdefault("path_params", {})
        path = _path_in(scope)
        allowed = set()
        for route in self.routes:
            if not isinstance(route, (_Route, _Mount)):
                match, child = route.matches(scope)
                if getattr(match, "value", match) == _FULL:
                    scope.update(child)
                    return await route.handle(scope, receive, send)
                continue
            found = route.parameters(path)
            if found is None:
                continue
            if scope["method"] in route.methods:
                return await route.answer(scope, found, receive, send)
            allowed |= route.methods
        headers = {"allow": ", ".join(sorted(allowed))} if allowed else None
        status, detail = (405, "Method Not Allowed") if allowed else (404, "Not Found")
        await JSONResponse({"detail": detail}, status, headers)(scope, receive, send)

    async def __call__(self, scope, receive, send):
        """Answers, as an ASGI application."""
        await self.route(scope, receive, send)


class _Any:
    """Every method."""

    def __contains__(self, method):
        return True


class _Route:
    """An endpoint with its path and methods."""

    def __init__(self, path, endpoint, methods, status_code, takes_request=False):
        if not path.startswith("/"):
            raise ValueError(f"the path of an endpoint begins with a slash; {path!r} does not")
        self.path = path
        self.endpoint = endpoint
        self.methods = {method.upper() for method in methods or ["GET"]}
        if "GET" in self.methods:
            self.methods.add("HEAD")
        self._status_code = status_code
        self._takes_request = takes_request
        self._pattern = re.compile(_pattern(path))
        self._signature = None

    def below(self, prefix):
        """The same endpoint below a prefix."""
        methods, status = self.methods, self._status_code
        return _Route(prefix + self.path, self.endpoint, methods, status, self._takes_request)

    def parameters(self, path):
        """What stands for the parameters in a path; None when it is another one."""
        found = self._pattern.fullmatch(path)
        return None if found is None else found.groupdict()

    async def answer(self, scope, parameters, receive, send):
        """Calls the endpoint."""
        scope["path_params"] = parameters
        scope["endpoint"] = self.endpoint
        if self._signature is None:
            self._signature = arguments.Signature(self.endpoint, self._takes_request)
        request = Request(scope, receive)
        try:
            given = await self._signature.arguments(request)
            result = await arguments.call(self.endpoint, given)
            answer = answer_of(result, self._status_code)
        except Exception as raised:
            answer = _refusal(raised)
            if answer is None:
                raise
        await answer(scope, receive, send)


class _Mount:
    """An ASGI application below a path."""

    methods = _Any()

    def __init__(self, path, app):
        self.path = path
        self.app = app

    def below(self, prefix):
        """The same application below a prefix."""
        return _Mount(prefix + self.path, self.app)

    def parameters(self, path):
        """Nothing but whether a path is below this one."""
        is_below = path == self.path or path.startswith(self.path + "/")
        return {} if is_below else None

    async def answer(self, scope, parameters, receive, send):
        """Has the application answer."""
        below = {**scope, "root_path": scope.get("root_path", "") + self.path}
        await self.app(below, receive, send)


def _path_in(scope):
    path, root = scope["path"], scope.get("root_path", "")
    if root and path.startswith(root):
        return path[len(root) :] or "/"
    return path


def _pattern(path):
    parts, end = [], 0
    for found in _PARAMETER.finditer(path):
        name, kind = found.group(1), found.group(2) or "str"
        if kind not in _KINDS:
            raise ValueError(f"{path}: a parameter is one of {', '.join(_KINDS)}, not {kind}")
        parts.append(re.escape(path[end : found.start()]))
        parts.append(f"(?P<{name}>{_KINDS[kind]})")
        end = found.end()
    return "".join(parts) + re.escape(path[end:])


def _refusal(raised):
    """The answer of an exception that is meant for the client, Starlette's among them."""
    is_meant = isinstance(raised, HTTPException) or type(raised).__name__ == "HTTPException"
    if not is_meant or not hasattr(raised, "status_code"):
        return None
    headers = getattr(raised, "headers", None)
    return JSONResponse({"detail": raised.detail}, raised.status_code, headers)

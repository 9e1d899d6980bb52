"""What an endpoint is called with: parameters of the path, of the query, and the JSON body, as its
annotations want them.

Not here: the conversion of a value (`reflex.fitting`).
"""

import asyncio
import functools
import inspect

import _ferroflex_asgi
from reflex.annotations import annotations_of
from reflex.api.requests import Request
from reflex.api.responses import HTTPException
from reflex.fitting import Misfit, fitted

_ABSENT = inspect.Parameter.empty
_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)

# Annotations of what comes as a JSON body, by name.
_COLLECTIONS = {"dict", "Mapping", "TypedDict"}
_LISTS = {"list", "set", "tuple", "Sequence"}


async def call(endpoint, given):
    """Calls an endpoint: an async one here, any other on a thread that may block."""
    if is_async(endpoint):
        result = endpoint(**given)
    else:
        result = await _ferroflex_asgi.on_worker(functools.partial(endpoint, **given))
    return await result if hasattr(result, "__await__") else result


def is_async(function):
    """Whether a function is a coroutine function, or yields asynchronously."""
    while isinstance(function, functools.partial):
        function = function.func
    if not inspect.isroutine(function):
        function = getattr(type(function), "__call__", function)
    return asyncio.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


class Signature:
    """What an endpoint wants."""

    def __init__(self, endpoint, takes_request):
        function = endpoint
        while isinstance(function, functools.partial):
            function = function.func
        self._module = getattr(function, "__module__", None)
        annotations = annotations_of(function)
        parameters = inspect.signature(endpoint).parameters.values()
        self._parameters = [
            (it.name, annotations.get(it.name), it.default)
            for it in parameters
            if it.kind not in _MANY
        ]
        self._takes_request = takes_request

    async def arguments(self, request):
        """The arguments for a request, by name; raises with status 422 for one that does not
        fit."""
        if self._takes_request and self._parameters:
            name, annotation, _ = self._parameters[0]
            return {name: _request_as(annotation, request)}
        bodies = [name for name, annotation, _ in self._parameters if self._is_body(annotation)]
        given = {}
        for name, annotation, default in self._parameters:
            if _is_request(name, annotation):
                given[name] = _request_as(annotation, request)
            elif name in request.path_params:
                value = request.path_params[name]
                given[name] = self._fitted("path", name, value, annotation)
            elif name in bodies:
                given.update(await self._from_body(request, name, annotation, default, bodies))
            else:
                given.update(self._from_query(request, name, annotation, default))
        return given

    def _is_body(self, annotation):
        kind = getattr(annotation, "__origin__", None) or annotation
        if getattr(kind, "__name__", "") in _COLLECTIONS or _is_record(kind):
            return True
        inner = [it for it in getattr(annotation, "__args__", ()) if it is not type(None)]
        is_list = getattr(kind, "__name__", "") in _LISTS
        is_optional = len(inner) < len(getattr(annotation, "__args__", ()))
        return (is_list or is_optional) and any(self._is_body(it) for it in inner)

    async def _from_body(self, request, name, annotation, default, bodies):
        body = await request.body()
        if not body and default is not _ABSENT:
            return {}
        value = await request.json()
        if len(bodies) > 1:
            if not isinstance(value, dict) or name not in value:
                return _default("body", name, default)
            value = value[name]
        return {name: self._fitted("body", name, value, annotation)}

    def _from_query(self, request, name, annotation, default):
        values = request.query_params.getlist(name)
        if not values:
            return _default("query", name, default)
        kind = getattr(annotation, "__origin__", None) or annotation
        value = values if getattr(kind, "__name__", "") in _LISTS else values[-1]
        return {name: self._fitted("query", name, value, annotation)}

    def _fitted(self, place, name, value, annotation):
        try:
            if _is_record(annotation) and isinstance(value, dict):
                return _record(annotation, value)
            return fitted(value, annotation, self._module)
        except Misfit as misfit:
            raise _unfit(place, name, str(misfit)) from None
        except TypeError as misfit:
            if place != "body":
                raise
            raise _unfit(place, name, str(misfit)) from None


def _record(kind, value):
    """An object of a dataclass, or of another class whose values are made of their fields."""
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is None:
        return kind(**value)
    hints = annotations_of(kind)
    wanted = {
        name: fitted(value[name], hints.get(name), kind.__module__)
        for name in fields
        if name in value
    }
    return kind(**wanted)


def _is_record(kind):
    names = ("__dataclass_fields__", "__ferroflex_model__", "__pydantic_fields__")
    return isinstance(kind, type) and any(hasattr(kind, name) for name in names)


def _is_request(name, annotation):
    if annotation is None or annotation is object:
        return name == "request"
    return getattr(annotation, "__name__", "") == "Request"


def _request_as(annotation, request):
    """The request, as an object of Starlette's class where that is what the annotation names."""
    is_foreign = getattr(annotation, "__name__", "") == "Request" and annotation is not Request
    return annotation(request.scope, request.receive) if is_foreign else request


def _default(place, name, default):
    if default is _ABSENT:
        raise _unfit(place, name, "it is missing")
    return {}


def _unfit(place, name, problem):
    return HTTPException(422, [{"loc": [place, name], "msg": problem}])

"""`rx.memo`: a function of props that is a component, run for each use.

Pages are split into memoised parts by their Vars, so that there is nothing left to memoise; what
remains is how such a function is called, and what it sees of its arguments. Not here: the parts.
"""

from _ferroflex_ui import Component, EventHandler, Var, component, fragment
from reflex.annotations import annotations_of

# What a parameter stands for.
_VALUE, _CHILDREN, _REST, _EVENT = range(4)


class RestProp(dict):
    """The props that a memo's function does not name: given on as a child, or with `**`."""


def memo(function=None, *, wrapper=None):
    """Makes a component of a function, which sees its arguments as Vars.

    `wrapper` names the JavaScript that wraps Reflex's component; there is none here to wrap.
    """
    if function is None:
        return lambda function: memo(function, wrapper=wrapper)
    return _Memo(function)


class _Memo:
    """What `rx.memo` makes of a function."""

    def __init__(self, function):
        self._function = function
        self._kinds = None
        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(self, name, getattr(function, name, None))
        self.__wrapped__ = function

    def __call__(self, *children, **props):
        kinds = self._parameters()
        key = props.pop("key", None) if "key" not in kinds else None
        made = self._function(**self._arguments(kinds, children, props))
        if key is None:
            return made
        return component("fragment")(made, key=key)

    # `card.create(…)` is what `card(…)` is short for.
    create = __call__

    def _parameters(self):
        """The kind of each parameter; annotations may name what is defined after the function."""
        if self._kinds is None:
            code = self._function.__code__
            count = code.co_argcount + code.co_kwonlyargcount
            annotations = annotations_of(self._function)
            self._kinds = {
                name: _kind(name, annotations.get(name)) for name in code.co_varnames[:count]
            }
        return self._kinds

    def _arguments(self, kinds, children, props):
        given = {}
        if _CHILDREN in kinds.values():
            if children or "children" not in props:
                props = props | {"children": fragment(*children)}
        else:
            named = [name for name, kind in kinds.items() if kind != _REST]
            if len(children) > len(named):
                raise TypeError(
                    f"{self.__name__}() takes {len(named)} arguments, {len(children)} were given; "
                    "a parameter children: rx.Var[rx.Component] takes any number of children"
                )
            props = dict(zip(named, children)) | props
        rest = RestProp()
        for name, value in props.items():
            if name in kinds and kinds[name] != _REST:
                given[name] = _seen(kinds[name], value)
            elif _REST in kinds.values():
                rest[name] = value
            else:
                raise TypeError(
                    f"{self.__name__}() has no parameter {name!r}; a parameter annotated with "
                    "rx.RestProp takes all others"
                )
        for name, kind in kinds.items():
            if kind == _REST:
                given[name] = rest
            elif name not in given:
                self._fill(given, name, kind)
        return given

    def _fill(self, given, name, kind):
        """A parameter that was left out: its default, seen as a value that was given."""
        default = _default(self._function, name)
        if default is not _NONE:
            given[name] = _seen(kind, default)


# Stands for no default, where None is one.
_NONE = object()


def _default(function, name):
    code = function.__code__
    if name in (function.__kwdefaults__ or {}):
        return function.__kwdefaults__[name]
    defaults = function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    position = names.index(name) - (len(names) - len(defaults)) if name in names else -1
    return defaults[position] if position >= 0 else _NONE


def _kind(name, annotation):
    origin = getattr(annotation, "__origin__", annotation)
    if origin is RestProp:
        return _REST
    if origin is EventHandler:
        return _EVENT
    return _CHILDREN if name == "children" else _VALUE


def _seen(kind, value):
    """What the function sees: a Var for a value, all else as it was given."""
    if kind == _EVENT or isinstance(value, (Component, Var)) or callable(value):
        return value
    if kind == _CHILDREN:
        return fragment(value)
    return value if _holds_component(value) or value is None else Var.create(value)


def _holds_component(value):
    return isinstance(value, (list, tuple)) and any(isinstance(item, Component) for item in value)

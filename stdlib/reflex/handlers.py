"""Event handlers: what `@rx.event` notes of a function, and what the host is told of it.

Also handlers that stand in a module rather than in a state class. Not here: which methods of a
class are handlers (`state.py`), and what `State.handler` does (native, `_ferroflex_ui`).
"""

import sys

import _ferroflex_state
import _ferroflex_ui
from reflex.annotations import annotations_of

_ACCEPTS_MORE = 0x04
_COROUTINE = 0x80
_ASYNC_GENERATOR = 0x200
_EVENT_MARK = "__ferroflex_event__"

# How many handlers of each full name stand in modules: a function that is defined in another is
# defined each time that the other runs.
_IN_MODULES = {}


def event(
    function=None,
    *,
    background=False,
    supersedes=False,
    stop_propagation=False,
    prevent_default=False,
    throttle=None,
    debounce=None,
    temporal=False,
):
    """`@rx.event`, with or without options, on a method of a state class or on a function whose
    first parameter is annotated with one. The names in `rx.event.*` are those of `event.py`."""
    options = {
        "background": background,
        "supersedes": supersedes,
        "stop_propagation": stop_propagation,
        "prevent_default": prevent_default,
        "throttle": throttle,
        "debounce": debounce,
        "temporal": temporal,
    }

    def decorate(function):
        _check(function, options)
        setattr(function, _EVENT_MARK, options)
        state = _state_of(function)
        return function if state is None else _in_module(function, state)

    return decorate if function is None else decorate(function)


def background(function):
    """The name of `rx.event(background=True)` in Reflex before 0.7."""
    return event(background=True)(function)


def options_of(function):
    """What `@rx.event` was given."""
    return getattr(function, _EVENT_MARK, {})


def described(full_name, function):
    """A handler as the host is told of it: its name, what it calls, the parameters, the manner."""
    return full_name, _by_position(function), _parameters(full_name, function), _manner(function)


def _check(function, options):
    name = getattr(function, "__qualname__", repr(function))
    if getattr(function, "__name__", "").startswith("_"):
        raise ValueError(f"{name}: an event handler cannot be private; name it without the _")
    if options["background"] and not is_async(function):
        raise TypeError(f"{name}: a background task must be async; write `async def`")


def is_async(function):
    """Whether calling it gives a coroutine or an async generator."""
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    return bool(flags & (_COROUTINE | _ASYNC_GENERATOR))


def _manner(function):
    """How the host is to run a handler: in the background, superseding older ones, on the loop."""
    options = options_of(function)
    return options.get("background", False), options.get("supersedes", False), is_async(function)


def _parameters(full_name, function):
    """For each argument after the state its name, whether it is optional, and whether None is its
    default; the name of the parameter that takes any number more, if there is one."""
    code = function.__code__
    taken = code.co_argcount
    by_name = taken + code.co_kwonlyargcount
    defaults, named = function.__defaults__ or (), function.__kwdefaults__ or {}
    first_default = taken - len(defaults)
    known = {
        **dict(zip(code.co_varnames[first_default:taken], defaults, strict=True)),
        **named,
    }
    more = code.co_varnames[by_name] if code.co_flags & _ACCEPTS_MORE else None
    names = code.co_varnames[1 : taken if more else by_name]
    for name in code.co_varnames[taken:by_name] if more else ():
        if name not in known:
            raise TypeError(
                f"{full_name}: {name} can only be given by name, which no event does after "
                f"*{more}; give it a default"
            )
    listed = [(name, name in known, known.get(name, "") is None) for name in names]
    return function, listed, more


def _by_position(function):
    """The function, or one that takes its keyword-only arguments by position, as events have
    them."""
    code = function.__code__
    taken, by_name = code.co_argcount, code.co_argcount + code.co_kwonlyargcount
    if by_name == taken or code.co_flags & _ACCEPTS_MORE:
        return function
    names = code.co_varnames[taken:by_name]

    def call(*args):
        return function(*args[:taken], **dict(zip(names, args[taken:], strict=False)))

    return call


def _state_of(function):
    """The state class of a function that stands in a module; None for a method."""
    *outer, _ = getattr(function, "__qualname__", "").split(".")
    code = getattr(function, "__code__", None)
    if code is None or code.co_argcount == 0 or (outer and outer[-1] != "<locals>"):
        return None
    state = annotations_of(function).get(code.co_varnames[0])
    base = sys.modules["reflex.state"].State
    return state if isinstance(state, type) and issubclass(state, base) else None


def _in_module(function, state):
    full_name = f"{function.__module__}.{function.__qualname__}"
    count = _IN_MODULES[full_name] = _IN_MODULES.get(full_name, 0) + 1
    full_name = full_name if count == 1 else f"{full_name}_{count}"
    _ferroflex_state.define_handler(state, *described(full_name, function))
    return _ferroflex_ui.EventHandler(
        function, state.get_full_name(), function.__name__, options_of(function), full_name
    )

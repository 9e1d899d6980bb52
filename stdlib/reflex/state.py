"""State classes: what an app author subclasses, and how a class becomes fields and handlers.

This module reads class bodies and tells the host what is in them. The live instances, the tracking
of their fields and the running of handlers are native (`_ferroflex_state`); the Vars and event
handlers that stand in for fields and methods on the class are native too (`_ferroflex_ui`).
"""

import sys

import _ferroflex_state
import _ferroflex_ui
from reflex.annotations import annotations_of, is_class_variable
from reflex.declared_fields import DeclaredFields
from reflex.handlers import background, described, event, is_async, options_of

# `inspect` and `typing` are not imported: they would double what `import reflex` costs.
_Function = type(lambda: None)
# What `rx.field` holds for a default that was not given.
NO_DEFAULT = object()
_SKIPPED = frozenset({"__module__", "__qualname__", "__doc__", "__annotations__", "__classcell__"})

# The state classes of the app by full name.
_STATES = {}


class Field:
    """A field declared with options: `items: rx.Field[list] = rx.field(default_factory=list)`."""

    __slots__ = ("default", "factory", "is_var")

    def __init__(self, default=NO_DEFAULT, default_factory=None, is_var=True):
        self.default = default
        self.factory = default_factory
        self.is_var = is_var

    def __class_getitem__(cls, annotation):
        return annotation


def field(default=NO_DEFAULT, *, default_factory=None, is_var=True):
    """Declares a field with a default value or a function that makes one for each session."""
    if default is not NO_DEFAULT and default_factory is not None:
        raise ValueError("rx.field takes a default or a default_factory, not both")
    return Field(default, default_factory, is_var)


class ComputedVar:
    """A method that `rx.var` turned into a field computed from others."""

    def __init__(self, function, cache=True, interval=None, backend=None):
        self.function = function
        self.cache = cache
        self.interval = interval
        self.backend = function.__name__.startswith("_") if backend is None else backend
        self.name = function.__name__
        self.__doc__ = function.__doc__

    @property
    def annotation(self):
        return annotations_of(self.function).get("return", object)

    def described(self):
        """What the host is told of it: the function that gives the value at once, and the one that
        gives a coroutine of it if the method is async."""
        method = self.function
        if not is_async(method):
            return method, None, self.cache, self.interval, self.backend
        from reflex.settling import settled

        return settled(method), method, self.cache, self.interval, self.backend


def var(
    function=None,
    *,
    initial_value=None,
    cache=True,
    deps=None,
    auto_deps=True,
    interval=None,
    backend=None,
    **_ignored,
):
    """Declares a computed var. What it depends on is found while it runs, so `deps` is not needed;
    it is computed before a page is told of it, so `initial_value` is not either."""

    def decorate(method):
        return ComputedVar(method, cache, _seconds(interval), backend)

    return decorate if function is None else decorate(function)


def cached_var(function):
    """The name of `rx.var(cache=True)` in Reflex before 0.6."""
    return var(function, cache=True)


def _seconds(interval):
    if interval is None or isinstance(interval, (int, float)):
        return None if interval is None else float(interval)
    return interval.total_seconds()


class _SetVar:
    """`State.setvar("x", value)` is an event that sets the field `x`; `self.setvar("x", value)`
    sets it at once."""

    def __get__(self, instance, owner):
        target = owner if instance is None else instance
        return lambda name, *value: _set(target, name, value)


def _set(target, name, value):
    if not isinstance(name, str):
        raise TypeError(f"setvar takes the name of a field, not {name!r}")
    setter = getattr(target, f"set_{name}", None)
    if setter is None:
        owner = target if isinstance(target, type) else target.__class__
        raise AttributeError(f"{owner.get_full_name()} has no field {name} that can be set")
    if not isinstance(target, type):
        return setter(*value)
    return setter(*value) if value else setter


class State(_ferroflex_state.StateObject):
    """The root of an app's state; every class that inherits from it is a substate of a session."""

    # The page is delivered with its state, so there is no time before it.
    is_hydrated: bool = True

    def __init_subclass__(cls, mixin=False, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.__ferroflex_mixin__ = mixin
        if not mixin:
            _define(cls)

    @classmethod
    def get_name(cls):
        """The class's own name, as the last part of its full name."""
        return cls.__name__

    @classmethod
    def get_full_name(cls):
        """The name under which the class stands in the app's name table."""
        return f"{cls.__module__}.{cls.__qualname__}"

    @classmethod
    def get_parent_state(cls):
        """The state class that this one is a substate of; None for the root."""
        return _parent_of(cls)

    @classmethod
    def get_substates(cls):
        """The state classes that are substates of this one."""
        return set(cls.__ferroflex_substates__)

    def get_value(self, key):
        """What a field holds, as a copy: what is changed in it, no page is told."""
        if not isinstance(key, str):
            raise TypeError(f"get_value takes the name of a field, not {key!r}")
        from copy import deepcopy

        return deepcopy(getattr(self, key))

    setvar = _SetVar()
    __fields__ = DeclaredFields()


def _parent_of(cls):
    for base in cls.__mro__[1:]:
        if isinstance(base, type) and issubclass(base, State) and not _is_mixin(base):
            return base
    return None


def _is_mixin(cls):
    return cls.__dict__.get("__ferroflex_mixin__", False)


def _define(cls):
    """Reads the class body and registers what it finds."""
    parent = _parent_of(cls) or object
    mixins = [base for base in cls.__mro__[1:] if _gives_its_members(base)]
    sources = [cls] + [base for base in mixins if not issubclass(parent, base)]
    fields, computed, handlers = {}, {}, {}
    for source in reversed(sources):
        _read_fields(source, fields)
        for name, value in list(source.__dict__.items()):
            if name in _SKIPPED or name.startswith("__"):
                continue
            _read_member(name, value, fields, computed, handlers)
    inherited = _inherited_names(cls)
    for name in list(fields):
        if name in inherited and name not in cls.__dict__ and not _declared_here(sources, name):
            del fields[name]
    for name in (*computed, *handlers):
        fields.pop(name, None)
    if _parent_of(cls) is not None:
        _add_setters(cls, fields, handlers)
    _register(cls, fields, computed, handlers)


def _gives_its_members(base):
    """Mixins give their members to the class; other states are parents, reached at run time."""
    if base in (object, _ferroflex_state.StateObject):
        return False
    return _is_mixin(base) if issubclass(base, _ferroflex_state.StateObject) else True


def _declared_here(sources, name):
    return any(name in annotations_of(source) for source in sources)


def _read_fields(source, fields):
    for name, annotation in annotations_of(source).items():
        if name.startswith("__") or is_class_variable(annotation):
            continue
        value = source.__dict__.get(name, NO_DEFAULT)
        if isinstance(value, ComputedVar):
            continue
        fields[name] = _described(annotation, value)


def _described(annotation, value):
    """A field: its annotation, its default, the function that makes it if there is one, and where
    the browser keeps it if it does."""
    factory = None
    if isinstance(value, Field):
        value, factory = value.default, value.factory
    # Nobody can have used it before it was imported.
    storage = sys.modules.get("reflex.storage")
    kept = storage and storage.storage_of(annotation, value, factory)
    if kept is not None:
        return *storage.plain(kept, annotation), None, kept
    if factory is not None:
        return annotation, None, factory, None
    default = _empty_of(annotation) if value is NO_DEFAULT else value
    return annotation, default, None, None


_EMPTY = {str: "", int: 0, float: 0.0, bool: False}


def _empty_of(annotation):
    """What a field without a default starts with."""
    origin = getattr(annotation, "__origin__", annotation)
    if origin in (list, dict, set):
        return origin()
    if origin is tuple:
        return ()
    return _EMPTY.get(origin)


def _read_member(name, value, fields, computed, handlers):
    if isinstance(value, ComputedVar):
        computed[name] = value
    elif isinstance(value, (staticmethod, classmethod, property, type)):
        return
    elif isinstance(value, _Function):
        if not name.startswith("_"):
            handlers[name] = value
    elif name not in fields and not callable(value) and not hasattr(type(value), "__get__"):
        _, default, factory, storage = _described(type(value), value)
        annotation = type(default) if factory is None else object
        fields[name] = (annotation, default, factory, storage)


def _inherited_names(cls):
    names = set()
    parent = _parent_of(cls)
    while parent is not None:
        names.update(getattr(parent, "__ferroflex_fields__", ()))
        parent = _parent_of(parent)
    return names


def _kept(cls, name, found):
    """Where the browser keeps a field; None for one that it does not know."""
    annotation, _, _, storage = found
    if storage is None or name.startswith("_"):
        return None
    return sys.modules["reflex.storage"].kept(cls, name, storage, _setter(cls, name, annotation))


def _add_setters(cls, fields, handlers):
    """`State.set_x` for every field `x` that has no handler of that name."""
    for name, (annotation, default, factory, _) in fields.items():
        setter = f"set_{name}"
        if name.startswith("_") or setter in handlers:
            continue
        takes_none = default is None and factory is None
        handlers[setter] = _setter(cls, name, _or_none(annotation) if takes_none else annotation)


def _or_none(annotation):
    """What a field takes that starts as None, whether it was annotated so or not."""
    try:
        return annotation | None
    except TypeError:
        return object


def _setter(cls, name, annotation):
    def set_field(self, value):
        setattr(self, name, value)

    set_field.__name__ = f"set_{name}"
    set_field.__module__ = cls.__module__
    set_field.__annotations__ = {"value": annotation}
    return set_field


def _register(cls, fields, computed, handlers):
    full_name = cls.get_full_name()
    if full_name in _STATES:
        raise ValueError(f"the state class {full_name} is defined twice; give one another name")
    _STATES[full_name] = cls
    cls.__ferroflex_substates__ = []
    if _parent_of(cls) is not None:
        _parent_of(cls).__ferroflex_substates__.append(cls)
    cls.__ferroflex_fields__ = {name: default for name, (_, default, *_) in fields.items()}
    cls.__ferroflex_fields__.update(dict.fromkeys(computed))
    _ferroflex_state.define(
        cls,
        _parent_of(cls),
        full_name,
        [(name, *found[:3], _kept(cls, name, found)) for name, found in fields.items()],
        [(name, *found.described()) for name, found in computed.items()],
        [described(f"{full_name}.{name}", function) for name, function in handlers.items()],
    )
    for name, (annotation, *_) in fields.items():
        if not name.startswith("_"):
            setattr(cls, name, _ferroflex_ui.field_var(full_name, name, annotation, cls))
    for name, found in computed.items():
        if not found.backend:
            setattr(cls, name, _ferroflex_ui.field_var(full_name, name, found.annotation, cls))
    for name, function in handlers.items():
        options = options_of(function)
        setattr(cls, name, _ferroflex_ui.EventHandler(function, full_name, name, options))


async def _get_state(self, state_class):
    """The session's instance of another state class."""
    return self._state_of(state_class)


async def _get_var_value(self, var):
    """The value that a Var of a field, or of a constant, has in the session."""
    if not isinstance(var, _ferroflex_ui.Var):
        return var
    place = var._state_field
    if place is None:
        return var._literal_value
    state, name = place
    return getattr(await self.get_state(_STATES[state]), name)


_define(State)
# Set after the class was read, so that no page can call them.
State.get_state = _get_state
State.get_var_value = _get_var_value
State.router = _ferroflex_ui.router_var(State.get_full_name())


def __getattr__(name):
    if name == "StateUpdate":
        from reflex.middleware import StateUpdate

        return StateUpdate
    if name != "ComponentState":
        raise AttributeError(f"module 'reflex.state' has no attribute {name!r}")
    from reflex.component_state import ComponentState

    return ComponentState

"""`rx.serializer`: what stands in the browser for values of an app's own classes.

A serializer is noted in the class whose values it is for, where the host finds it, for classes that
inherit from it too. Not here: the forms of the standard library's values, of dataclasses and of
models, which are native (`serialize.rs`).
"""

import _ferroflex_state
from reflex.annotations import annotations_of
from reflex.utils.console import warn

# The attribute under which a class has its serializer; `serialize.rs` knows it too.
_MARK = "__ferroflex_serializer__"

# The serializers of classes that take no attributes, which native code reads, too.
OF_NATIVE_CLASSES = {}

# Classes whose values never ask for a serializer.
_PLAIN = {str, int, float, bool, bytes, list, dict, tuple, set, frozenset, type(None)}

# What a serializer is said to give, by class.
_TARGETS = {}


def serializer(function=None, to=None, overwrite=None):
    """Registers a function of one annotated parameter: what it gives for a value of that class is
    what the browser gets. `to` is the type of it, `overwrite` whether there may be one already."""

    def register(function):
        subject, target = _types(function)
        _check(subject, function, overwrite)
        try:
            setattr(subject, _MARK, staticmethod(function))
        except TypeError:
            OF_NATIVE_CLASSES[subject] = function
        if to is not None or target is not object:
            _TARGETS[subject] = to or target
        return function

    return register if function is None else register(function)


def get_serializer(kind):
    """The function registered for a class or for one that it inherits from; None without one."""
    return getattr(kind, _MARK, None) or OF_NATIVE_CLASSES.get(kind)


def get_serializer_type(kind):
    """What the serializer of a class is said to give; None when that is not known."""
    return next((_TARGETS[base] for base in kind.__mro__ if base in _TARGETS), None)


def has_serializer(kind, into_type=None):
    """Whether there is a function registered for a class, which gives that type if one is asked
    for."""
    known = get_serializer(kind) is not None
    return known and (into_type is None or get_serializer_type(kind) is into_type)


can_serialize = has_serializer


def serialize(value, get_type=False):
    """What the browser gets for a value, as numbers, text, lists and dictionaries; with its type if
    so asked."""
    plain = _ferroflex_state.plain(value)
    if not get_type:
        return plain
    return plain, get_serializer_type(type(value)) or type(plain)


def serialize_datetime(value):
    """What the browser gets for a date, a time or a span of time."""
    return serialize(value)


def _types(function):
    annotations = dict(annotations_of(function))
    target = annotations.pop("return", object)
    if len(annotations) != 1:
        raise ValueError(
            f"rx.serializer: {function.__name__} has to take one argument, annotated with the "
            "class whose values it is for"
        )
    (subject,) = annotations.values()
    subject = getattr(subject, "__origin__", subject)
    if not isinstance(subject, type) or subject is object:
        raise TypeError(
            f"rx.serializer: the argument of {function.__name__} is annotated with {subject!r}, "
            "which is no class"
        )
    if subject in _PLAIN:
        raise TypeError(f"rx.serializer: every {subject.__name__} reaches the browser as it is")
    return subject, target


def _check(subject, function, overwrite):
    known = subject.__dict__.get(_MARK) or OF_NATIVE_CLASSES.get(subject)
    if known is None or getattr(known, "__func__", known) is function or overwrite:
        return
    message = f"{subject.__name__} has a serializer already; overwrite=True replaces it"
    if overwrite is False:
        raise ValueError(message)
    warn(message)

"""The exceptions that an app's code can meet, under Reflex's names."""

from _ferroflex_ui import ForeachVarError, VarAttributeError, VarTypeError


class ReflexRuntimeError(RuntimeError):
    """Something was asked for that cannot be done now, or not so."""


class ImmutableStateError(AttributeError):
    """The state of a session was to be changed while none of its events is handled."""

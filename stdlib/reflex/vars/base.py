"""`reflex.vars.base`: Vars, their kinds, and operations written in JavaScript.

Every Var is one native class; the kinds here serve `isinstance()`, annotations and `to()`, and go
by the type of what the Var computes. Not here: Vars of functions (`function.py`).
"""

from _ferroflex_ui import Var
from reflex.utils.imports import ImportVar
from reflex.vars.data import VarData

# Names of older versions.
BaseVar = ImmutableVar = Var
ImmutableVarData = VarData


class _Kind(type):
    """The class of the kinds: whatever Var computes such a value is an instance."""

    def __instancecheck__(cls, instance):
        if type.__instancecheck__(cls, instance):
            return True
        if not isinstance(instance, Var) or "_kinds" not in cls.__dict__:
            return False
        if cls._literal and not hasattr(instance, "_var_value"):
            return False
        return cls._kinds is None or instance._kind in cls._kinds


class LiteralVar(Var, metaclass=_Kind):
    """A constant."""

    _kinds = None
    _literal = True


class NoneVar(Var, metaclass=_Kind):
    """None."""

    _kinds = {"none"}
    _literal = False


def _var_data(state, field_name, rows, hooks):
    # Called by the native side.
    imports = {}
    for library, name, alias, is_default in rows:
        imports.setdefault(library, []).append(ImportVar(name, is_default, alias))
    return VarData(state, field_name, imports, hooks)


def var_operation(function):
    """Make a function of Vars one of anything: what it is given arrives as Vars."""

    def operation(*args, **kwargs):
        given = {name: Var.create(value) for name, value in kwargs.items()}
        return function(*[Var.create(value) for value in args], **given)

    operation.__name__ = function.__name__
    operation.__doc__ = function.__doc__
    operation.__wrapped__ = function
    return operation


def var_operation_return(js_expression, var_type=None, var_data=None):
    """The Var of a JavaScript expression, in which other Vars may be formatted."""
    return _typed(js_expression, var_type, var_data)


def _typed(javascript, var_type, var_data):
    if var_type is None:
        return Var(javascript, _var_data=var_data)
    return Var(javascript, var_type, var_data)


_unique = 0


def get_unique_variable_name():
    """A name of JavaScript that nothing else in the app has."""
    global _unique
    _unique += 1
    return f"ferroflex_{_unique}"


_STATE_NAMES = {
    "ComputedVar": "ComputedVar",
    "Field": "Field",
    "computed_var": "var",
    "field": "field",
}


def __getattr__(name):
    if name not in _STATE_NAMES:
        raise AttributeError(f"module 'reflex.vars.base' has no attribute {name!r}")
    from reflex import state

    return getattr(state, _STATE_NAMES[name])

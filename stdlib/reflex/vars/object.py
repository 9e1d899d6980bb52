"""`reflex.vars.object`: the kinds of Vars of dictionaries and objects."""

from _ferroflex_ui import Var
from reflex.vars.base import LiteralVar, _Kind


class ObjectVar(Var, metaclass=_Kind):
    """A dictionary or an object with fields."""

    _kinds = {"object"}
    _literal = False


class LiteralObjectVar(LiteralVar, ObjectVar):
    """A constant dictionary."""

    _kinds = {"object"}
    _literal = True


def __getattr__(name):
    if name == "RestProp":
        import reflex

        return reflex.RestProp
    raise AttributeError(f"module 'reflex.vars.object' has no attribute {name!r}")

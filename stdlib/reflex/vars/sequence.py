"""`reflex.vars.sequence`: the kinds of Vars of strings and lists."""

from _ferroflex_ui import Var
from reflex.vars.base import LiteralVar, _Kind


class StringVar(Var, metaclass=_Kind):
    """A string."""

    _kinds = {"string"}
    _literal = False


class ArrayVar(Var, metaclass=_Kind):
    """A list, a tuple or a set."""

    _kinds = {"array"}
    _literal = False


class LiteralStringVar(LiteralVar, StringVar):
    """A constant string."""

    _kinds = {"string"}
    _literal = True


class LiteralArrayVar(LiteralVar, ArrayVar):
    """A constant list."""

    _kinds = {"array"}
    _literal = True


# An f-string is a string like any other.
ConcatVarOperation = StringVar
RangeVar = ArrayVar

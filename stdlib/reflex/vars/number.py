"""`reflex.vars.number`: the kinds of Vars of numbers and truth values."""

from _ferroflex_ui import Var
from reflex.vars.base import LiteralVar, _Kind


class NumberVar(Var, metaclass=_Kind):
    """A number or a truth value."""

    _kinds = {"number", "boolean"}
    _literal = False


class BooleanVar(NumberVar):
    """A truth value."""

    _kinds = {"boolean"}
    _literal = False


class LiteralNumberVar(LiteralVar, NumberVar):
    """A constant number."""

    _kinds = {"number"}
    _literal = True


class LiteralBooleanVar(LiteralVar, BooleanVar):
    """A constant truth value."""

    _kinds = {"boolean"}
    _literal = True

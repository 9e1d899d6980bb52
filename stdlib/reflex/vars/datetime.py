"""`reflex.vars.datetime`: the kind of Vars of dates and times."""

from _ferroflex_ui import Var
from reflex.vars.base import LiteralVar, _Kind


class DateTimeVar(Var, metaclass=_Kind):
    """A date, a time or both."""

    _kinds = {"datetime"}
    _literal = False


class LiteralDatetimeVar(LiteralVar, DateTimeVar):
    """A constant date."""

    _kinds = {"datetime"}
    _literal = True

"""Vars under the names that apps import: `from reflex.vars import Var`."""

from _ferroflex_ui import Var
from reflex.vars.data import VarData

EMPTY_VAR_STR = Var.create("")
EMPTY_VAR_INT = Var.create(0)

# The kinds of Vars are one class here; these names serve annotations and isinstance().
ArrayVar = BooleanVar = NumberVar = ObjectVar = StringVar = Var

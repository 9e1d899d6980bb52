"""The exceptions that page code can raise, under Reflex's names."""

from _ferroflex_ui import ForeachVarError, VarAttributeError, VarTypeError

"""Vars under the names that apps import (`from reflex.vars import Var`), looked up when named."""

from _ferroflex_ui import Var

EMPTY_VAR_STR = Var.create("")
EMPTY_VAR_INT = Var.create(0)

# The submodule that each name is defined in.
_DEFINED_IN = {
    "BaseVar": "base",
    "ComputedVar": "base",
    "Field": "base",
    "ImmutableVar": "base",
    "ImmutableVarData": "base",
    "LiteralVar": "base",
    "NoneVar": "base",
    "VarData": "data",
    "computed_var": "base",
    "field": "base",
    "get_unique_variable_name": "base",
    "var_operation": "base",
    "var_operation_return": "base",
    "ColorVar": "color",
    "LiteralColorVar": "color",
    "DateTimeVar": "datetime",
    "ArgsFunctionOperation": "function",
    "FunctionStringVar": "function",
    "FunctionVar": "function",
    "VarOperationCall": "function",
    "BooleanVar": "number",
    "LiteralBooleanVar": "number",
    "LiteralNumberVar": "number",
    "NumberVar": "number",
    "LiteralObjectVar": "object",
    "ObjectVar": "object",
    "RestProp": "object",
    "ArrayVar": "sequence",
    "ConcatVarOperation": "sequence",
    "LiteralArrayVar": "sequence",
    "LiteralStringVar": "sequence",
    "StringVar": "sequence",
    "use_hook_var": "special",
    "use_id": "special",
}

_SUBMODULES = {*_DEFINED_IN.values()}


def __getattr__(name):
    import sys

    submodule = _DEFINED_IN.get(name, name)
    if submodule not in _SUBMODULES:
        raise AttributeError(f"module 'reflex.vars' has no attribute {name!r}")
    full_name = f"{__name__}.{submodule}"
    __import__(full_name)
    module = sys.modules[full_name]
    return module if submodule == name else getattr(module, name)

"""`reflex.vars.special`: Vars whose value a React hook gives."""

from reflex.utils.imports import ImportVar
from reflex.vars.base import VarData, _typed, get_unique_variable_name


def use_hook_var(library, hook, _var_type=None):
    """The Var of what a hook gives, called once in each component that reads the Var."""
    name = get_unique_variable_name()
    alias = f"{hook}_{name}"
    call = f"const {name} = {alias}();"
    data = VarData(imports={library: ImportVar(hook, alias=alias)}, hooks=(call,))
    return _typed(name, _var_type, data)


def use_id():
    """The Var of an id that React makes for a component."""
    return use_hook_var("react", "useId", str)

"""`reflex.vars.base`: Vars and computed vars under their longer names."""

from _ferroflex_ui import Var


def __getattr__(name):
    from reflex import state

    renamed = {"computed_var": "var", "field": "field", "Field": "Field"}
    if name not in renamed:
        raise AttributeError(f"module 'reflex.vars.base' has no attribute {name!r}")
    return getattr(state, renamed[name])

"""`reflex.components.radix.themes`: Radix's components under their library's name."""

import sys


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'reflex.components.radix.themes' has no attribute {name!r}")
    if name == "base":
        full_name = f"{__name__}.{name}"
        __import__(full_name)
        return sys.modules[full_name]
    import reflex

    return getattr(reflex, name)

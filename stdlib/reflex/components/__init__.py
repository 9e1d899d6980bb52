"""`rx.components`: the components under the package that older code imports them from."""

import sys

_SUBMODULES = {"component", "el", "radix", "sonner"}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'reflex.components' has no attribute {name!r}")
    if name in _SUBMODULES:
        full_name = f"{__name__}.{name}"
        __import__(full_name)
        return sys.modules[full_name]
    import reflex

    return getattr(reflex, name)

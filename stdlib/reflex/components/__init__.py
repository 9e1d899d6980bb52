"""`rx.components`: the components under the package that older code imports them from."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'reflex.components' has no attribute {name!r}")
    import reflex

    return getattr(reflex, name)

"""`reflex.components.el`: HTML's elements, as `rx.el` has them."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'reflex.components.el' has no attribute {name!r}")
    import reflex

    return getattr(reflex.el, name)

"""`rx._x`: what Reflex tried out before it stood in `rx`.

Not here: state that only the browser has, which Ferroflex does not know yet.
"""

_NAMES = {"code_block", "memo", "progress", "run_in_thread", "toast"}


def __getattr__(name):
    if name not in _NAMES:
        raise AttributeError(f"module 'reflex.experimental' has no attribute {name!r}")
    import reflex

    return getattr(reflex, name)

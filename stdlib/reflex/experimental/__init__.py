"""`rx._x`: what Reflex tried out before it stood in `rx`, and what it still tries out."""

_NAMES = {"code_block", "memo", "progress", "run_in_thread", "toast"}
_CLIENT_STATE = "reflex.experimental.client_state"


def __getattr__(name):
    if name in ("client_state", "ClientStateVar"):
        from reflex.module_paths import imported

        # The module can be called, as Reflex's function can; it has the name of both.
        module = imported(_CLIENT_STATE)
        return module if name == "client_state" else module.ClientStateVar
    if name == "hybrid_property":
        from reflex.vars.hybrid_property import hybrid_property

        return hybrid_property
    if name not in _NAMES:
        raise AttributeError(f"module 'reflex.experimental' has no attribute {name!r}")
    import reflex

    return getattr(reflex, name)

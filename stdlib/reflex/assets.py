"""`rx.asset`: the address of a file of the app's own. Not here: serving it."""


def asset(path, shared=False, subfolder=None):
    """The address under which the file `assets/<path>` is served."""
    if shared:
        raise NotImplementedError("rx.asset(shared=True) is not in Ferroflex yet")
    return "/" + "/".join(part.strip("/") for part in (subfolder, path) if part)

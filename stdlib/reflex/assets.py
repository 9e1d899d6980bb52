"""Addresses of files of the app's own: `rx.asset`. Not here: serving them."""


def asset(path, shared=False, subfolder=None):
    """The address under which the file `assets/<path>` is served."""
    if shared:
        raise NotImplementedError("rx.asset(shared=True) is not in Ferroflex yet")
    return "/" + "/".join(part.strip("/") for part in (subfolder, path) if part)


def get_asset_path(filename=None):
    """The address of a file of `assets/`, under the name that it had before 0.4."""
    return asset(filename or "")

"""`ssl.SSLContext` takes paths that are no text, such as a `pathlib.Path`, to its certificates.

RustPython 0.6.0 takes `str` and `bytes` alone: `ssl.create_default_context(cafile=Path(…))` fails.
"""

import functools
import os

METHODS = ("load_cert_chain", "load_verify_locations")


class Nowhere:
    """A path that is no text, to nothing."""

    def __fspath__(self):
        return os.devnull + "/nowhere"


def mend(ssl):
    """Has the methods that read certificates take any path, if they do not."""
    if is_refused(ssl):
        for name in METHODS:
            setattr(ssl.SSLContext, name, taking_paths(getattr(ssl.SSLContext, name)))


def is_refused(ssl):
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(Nowhere())
    except TypeError:
        return True
    except OSError:
        return False
    return False


def taking_paths(method):
    @functools.wraps(method)
    def load(self, *values, **named):
        texts = {name: text_of(value) for name, value in named.items()}
        return method(self, *map(text_of, values), **texts)

    return load


def text_of(value):
    return os.fspath(value) if isinstance(value, os.PathLike) else value

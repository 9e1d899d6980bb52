"""Addresses of files of the app's own: `rx.asset`. Not here: serving them.

An address carries the first digits of its content's hash, so that browsers may keep the file for
ever.
"""

import hashlib
import sys
from pathlib import Path

import _ferroflex_ui as _ui

# Files that stand beside the module that names them: the path under which each is served, and the
# file. The host reads it when the app is loaded.
SHARED = {}

# Bytes that are read at a time.
_READ_BYTES = 1 << 20

# Digits of the hash in an address.
_VERSION_DIGITS = 8


class AssetPathStr(str):
    """An address of a file. `importable_path` is what a component's `library` takes."""

    def __new__(cls, path, version=None):
        made = super().__new__(cls, path if version is None else f"{path}?v={version}")
        made.importable_path = f"$/public{path}"
        return made


def asset(path, shared=False, subfolder=None, _stack_level=1):
    """The address under which the file `assets/<path>` is served; with `shared`, the file of that
    path beside the module that calls.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: `subfolder` was given without `shared`.
    """
    if not shared:
        if subfolder is not None:
            raise ValueError("rx.asset(subfolder=…) is for shared files alone: add it to the path")
        return _address(f"/{path}", Path(_ui.app_folder) / "assets" / path)
    caller = sys._getframe(_stack_level).f_globals
    parts = ["external", *caller["__name__"].split("."), subfolder, path]
    address = "/" + "/".join(str(part).strip("/") for part in parts if part)
    file = Path(caller["__file__"]).parent / path
    made = _address(address, file)
    SHARED[address] = str(file)
    return made


def get_asset_path(filename=None):
    """The address of a file of `assets/`, under the name that it had before 0.4."""
    return f"/{filename or ''}"


def _address(path, file):
    if not file.is_file():
        raise FileNotFoundError(f"rx.asset: there is no file {file}")
    return AssetPathStr(path, _content_hash(file)[:_VERSION_DIGITS])


def _content_hash(file):
    made = hashlib.sha256()
    with file.open("rb") as source:
        while part := source.read(_READ_BYTES):
            made.update(part)
    return made.hexdigest()

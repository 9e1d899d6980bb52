"""Where `zoneinfo` finds time zones: RustPython 0.6.0 is built without a path to the system's."""

import importlib.util
import os

# Where CPython looks when its build says nothing else.
FOLDERS = (
    "/usr/share/zoneinfo",
    "/usr/lib/zoneinfo",
    "/usr/share/lib/zoneinfo",
    "/etc/zoneinfo",
)


def mend(zoneinfo):
    """Has `zoneinfo` read the system's files; where there are none, errors say what to install."""
    if zoneinfo.TZPATH or "PYTHONTZPATH" in os.environ:
        return
    folders = [folder for folder in FOLDERS if os.path.isdir(folder)]
    if folders:
        zoneinfo.reset_tzpath(to=folders)
    elif importlib.util.find_spec("tzdata") is None:
        explain(zoneinfo)


def explain(zoneinfo):
    """Has the error of a zone that is not found name the two places where zones can come from."""
    from zoneinfo import _common

    load = _common.load_tzdata

    def load_tzdata(key):
        try:
            return load(key)
        except zoneinfo.ZoneInfoNotFoundError:
            raise zoneinfo.ZoneInfoNotFoundError(
                f"no time zone {key!r}: this machine has no time zone files ({FOLDERS[0]}) and the"
                " package tzdata is not there; install one of them"
            ) from None

    _common.load_tzdata = load_tzdata

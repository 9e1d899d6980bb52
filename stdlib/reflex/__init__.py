"""The `reflex` package that app code imports as `rx`.

A thin face of the native modules: what every app needs stands here, all else is looked up when it
is first named, so that importing the package costs next to nothing. Not here: state classes
(`state.py`), and what a component or an event is, which native code knows.
"""

import sys

import _ferroflex_ui as _ui
from _ferroflex_ui import (
    Component,
    EventHandler,
    EventSpec,
    Var,
    color,
    color_mode_cond,
    cond,
    foreach,
    fragment,
    noop,
)

color_mode = _ui.color_mode()
match = _ui.match_

# The submodule in which a name is defined. A name that equals its submodule's (`event`, `page`)
# is that submodule, which can be called.
_DEFINED_IN = {
    "App": "app",
    "theme": "app",
    "Base": "state",
    "ComponentState": "component_state",
    "Cookie": "state",
    "Field": "state",
    "LocalStorage": "state",
    "SessionStorage": "state",
    "SharedState": "shared_state",
    "State": "state",
    "background": "state",
    "cached_var": "state",
    "field": "state",
    "get_state": "state",
    "serializer": "utils.serializers",
    "run_in_thread": "utils.misc",
    "var": "state",
    "Config": "config",
    "Env": "constants",
    "asset": "assets",
    "memo": "components.component",
    "ComponentNamespace": "components.component",
    "NoSSRComponent": "components.component",
    "RestProp": "components.memo",
    "ImportVar": "utils.imports",
    "UploadFile": "event",
    "EventChain": "event",
    "data_editor_theme": "style",
    "selected_files": "uploads",
    "Style": "style",
    "breakpoints": "style",
    "EMPTY_VAR_INT": "vars",
    "EMPTY_VAR_STR": "vars",
}

_SUBMODULES = {
    "app",
    "assets",
    "components",
    "config",
    "constants",
    "event",
    "page",
    "plugins",
    "state",
    "style",
    "utils",
    "vars",
}

# Names of Reflex that stand for parts which Ferroflex does not have yet.
_MISSING = {
    "AdminDash": "the database",
    "Middleware": "middleware",
    "Model": "the database",
    "ModelRegistry": "the database",
    "PropsBase": "classes of props; use a dictionary",
    "UploadChunk": "uploads",
    "UploadChunkIterator": "uploads",
    "asession": "the database",
    "chakra": "Chakra, which Reflex itself has dropped",
    "dynamic": "dynamic components",
    "editor": "the editor, which Reflex itself has dropped",
    "get_upload_dir": "uploads",
    "model": "the database",
    "session": "the database",
    "upload_files_chunk": "uploads",
}


def __getattr__(name):
    value = _find(name)
    # The next look-up finds it without coming here.
    globals()[name] = value
    return value


def _find(name):
    if name in _SUBMODULES:
        return _submodule(name)
    if name in _DEFINED_IN:
        return _defined(name, _submodule(_DEFINED_IN[name]))
    if name in _MISSING:
        raise NotImplementedError(f"rx.{name} is not in Ferroflex yet ({_MISSING[name]})")
    if name.startswith("__"):
        raise AttributeError(f"module 'reflex' has no attribute {name!r}")
    special = _ui.special_event(name)
    if special is not None:
        return special
    if name in globals():
        return globals()[name]
    try:
        # Classes are called like this, and nothing else that is not in the tables.
        return _ui.component_class(name) if name[0].isupper() else _ui.component(name)
    except AttributeError as unknown:
        raise _with_suggestion(name, unknown) from None


def _with_suggestion(name, unknown):
    # The native side knows the components; what else there is, is known here.
    if "did you mean" in str(unknown):
        return unknown
    import difflib

    names = [*_DEFINED_IN, *_SUBMODULES, *globals()]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.8)
    return AttributeError(f"{unknown}; did you mean rx.{close[0]}?") if close else unknown


def _submodule(name):
    full_name = f"{__name__}.{name}"
    __import__(full_name)
    return sys.modules[full_name]


def _defined(name, module):
    try:
        return getattr(module, name)
    except AttributeError:
        raise NotImplementedError(f"rx.{name} is not in Ferroflex yet") from None

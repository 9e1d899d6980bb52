"""The `reflex` package that app code imports as `rx`.

A thin face of the native modules: what every app needs stands here, all else is looked up when it
is first named, so that importing the package costs next to nothing. Not here: state classes
(`state.py`), and what a component or an event is, which native code knows.
"""

import sys

import _ferroflex_ui as _ui
from reflex import module_paths
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

# Classes of `rx` that Reflex's modules have from each other.
_NATIVE = {"Component", "EventHandler", "EventSpec", "Var"}

# The submodule in which a name is defined. A name that equals its submodule's (`event`, `page`)
# is that submodule, which can be called.
_DEFINED_IN = {
    "App": "app",
    "theme": "app",
    "Base": "base",
    "ComponentState": "component_state",
    "Color": "constants.colors",
    "Cookie": "storage",
    "Field": "state",
    "LocalStorage": "storage",
    "SessionStorage": "storage",
    "SharedState": "shared_state",
    "State": "state",
    "background": "state",
    "cached_var": "state",
    "field": "state",
    "serializer": "utils.serializers",
    "run_in_thread": "utils.misc",
    "var": "state",
    "Config": "config",
    "ImportDict": "utils.imports",
    "Env": "constants",
    "asset": "assets",
    "get_asset_path": "assets",
    "get_upload_dir": "uploads",
    "get_upload_url": "uploads",
    "upload_files": "uploads",
    "upload_files_chunk": "upload_chunks",
    "UploadChunk": "upload_chunks",
    "UploadChunkIterator": "upload_chunks",
    "memo": "components.component",
    "ComponentNamespace": "components.component",
    "NoSSRComponent": "components.component",
    "RestProp": "components.memo",
    "ImportVar": "utils.imports",
    "UploadFile": "uploads",
    "EventChain": "event",
    "Middleware": "middleware",
    "data_editor_theme": "style",
    "MomentDelta": "moment_delta",
    "selected_files": "uploads",
    "Style": "style",
    "breakpoints": "style",
    "Breakpoints": "style",
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
    "BaseStateToken": "tokens of sessions as objects; app.modify_state takes text",
    "EMPTY_VAR_COMPONENT": "Vars of components",
    "Model": "the database",
    "DBConfig": "the database",
    "ModelRegistry": "the database",
    "PropsBase": "classes of props; use a dictionary",
    "StateToken": "tokens of sessions as objects; app.modify_state takes text",
    "asession": "the database",
    "dynamic": "dynamic components",
    "get_state": "the state of another session; use app.modify_state(token)",
    "session": "the database",
}

# Names that Reflex no longer has, and what to write instead. Those that only changed their name
# are known to the catalogue.
_GONE = {
    "chakra": "Reflex dropped Chakra in 0.7; write rx.<component>, such as rx.vstack",
    "editor": "Reflex dropped the editor in 0.8; write rx.text_area",
    "EditorButtonList": "Reflex dropped the editor in 0.8; write rx.text_area",
    "EditorOptions": "Reflex dropped the editor in 0.8; write rx.text_area",
    "next": "Reflex dropped Next.js in 0.8; write rx.el.<element>",
}

# Modules that go by another name.
_MODULES = {
    "_x": "experimental",
    "component": "components.component",
    "lucide": "components.lucide",
    "radix": "components.radix",
}

_ALIASES = {
    "Hstack": "HStack",
    "MenuButton": "DropdownMenuTrigger",
    "MenuItem": "DropdownMenuItem",
    "Vstack": "VStack",
}

module_paths.install()


def __getattr__(name):
    value = _find(_ALIASES.get(name, name))
    # The next look-up finds it without coming here.
    globals()[name] = value
    return value


def is_own(name, other_than):
    """Whether `rx` has a name that is no component, and that stands in another module."""
    if name in _NATIVE:
        return True
    return _DEFINED_IN.get(name, other_than) != other_than or name in _MISSING


def _find(name):
    if name in _SUBMODULES:
        return _submodule(name)
    if name in _MODULES:
        return _submodule(_MODULES[name])
    if name in _DEFINED_IN:
        return _defined(name, _submodule(_DEFINED_IN[name]))
    if name in _MISSING:
        raise NotImplementedError(f"rx.{name} is not in Ferroflex yet ({_MISSING[name]})")
    if name in _GONE:
        raise AttributeError(f"rx.{name} does not exist: {_GONE[name]}")
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
        if module_paths.is_module(name):
            return _submodule(name)
        raise _with_suggestion(name, unknown) from None


def _with_suggestion(name, unknown):
    # The native side knows the components; what else there is, is known here.
    if "did you mean" in str(unknown) or "Reflex dropped" in str(unknown):
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

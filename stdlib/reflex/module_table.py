"""Which modules Reflex has, and where their names stand in Ferroflex.

Loaded when a name is asked for that no code defines. Not here: how the modules are made
(`module_paths.py`).
"""

import sys
from importlib.machinery import FrozenImporter

import _ferroflex_ui as _ui

# The modules of components below `reflex.components`: a package, a colon, and what is in it.
_COMPONENTS = """
.: base core datadisplay el gridjs lucide markdown moment plotly radix react_player react_router
    recharts sonner app_wraps dynamic literals memo memoize_helpers props state_context tags
base: app_wrap bare body document error_boundary fragment link meta script strict_mode
core: auto_scroll banner breakpoints clipboard colors cond debounce foreach helmet html layout
    markdown_component_map match responsive sticky upload window_events
datadisplay: code dataeditor logo shiki_code_block
el: element elements
el.elements: base forms inline media metadata other scripts sectioning tables typography
gridjs: datatable
lucide: icon
markdown: markdown
moment: moment
plotly: plotly
radix: mappings plugin primitives themes
radix.primitives: accordion base dialog drawer form progress slider
radix.themes: base color_mode components layout typography
radix.themes.components: alert_dialog aspect_ratio avatar badge button callout card checkbox
    checkbox_cards checkbox_group context_menu data_list dialog dropdown_menu hover_card icon_button
    inset popover progress radio radio_cards radio_group scroll_area segmented_control select
    separator skeleton slider spinner switch table tabs text_area text_field tooltip
radix.themes.layout: base box center container flex grid list section spacer stack
radix.themes.typography: base blockquote code heading link text
react_player: audio react_player video
react_router: dom
recharts: cartesian charts general polar recharts
sonner: toast
tags: cond_tag iter_tag match_tag tag tagless
"""

# The other modules that hold names apps use, each with the module in which these stand here.
_ELSEWHERE = {
    "admin": "reflex",
    "breakpoints": "reflex.style",
    "components.core": "reflex.components.control",
    "components.core.cond": "reflex.components.control",
    "components.core.foreach": "reflex.components.control",
    "components.core.match": "reflex.components.control",
    "components.datadisplay.dataeditor": "reflex.style",
    "components.dynamic": "reflex",
    "components.literals": "reflex",
    "components.memo": "reflex.components.component",
    "components.props": "reflex",
    "components.radix.plugin": "reflex.plugins",
    "app": "reflex.route",
    "constants.base": "reflex.constants",
    "constants.colors": "reflex.constants",
    "constants.config": "reflex.constants",
    "constants.event": "reflex.constants",
    "constants.installer": "reflex.constants",
    "constants.route": "reflex.constants",
    "constants.state": "reflex.constants",
    "constants.utils": "reflex.constants",
    "environment": "reflex.config",
    "experimental.hooks": "reflex.experimental",
    "experimental.memo": "reflex.components.component",
    "istate": "reflex.state",
    "istate.data": "reflex.router",
    "istate.dynamic": "reflex.state",
    "istate.manager": "reflex.state",
    "istate.manager.token": "reflex.state",
    "istate.proxy": "reflex.state",
    "istate.shared": "reflex.shared_state",
    "istate.storage": "reflex.storage",
    "istate.wrappers": "reflex.state",
    "middleware.middleware": "reflex.middleware",
    "model": "reflex",
    "plugins.base": "reflex.plugins",
    "plugins.compiler": "reflex.plugins",
    "plugins.embed": "reflex.plugins",
    "plugins.shared_tailwind": "reflex.plugins",
    "plugins.sitemap": "reflex.plugins",
    "plugins.tailwind_v3": "reflex.plugins",
    "plugins.tailwind_v4": "reflex.plugins",
    "state": "reflex.router",
    "vars.color": "reflex.vars",
    "vars.datetime": "reflex.vars",
    "vars.function": "reflex.vars",
    "vars.object": "reflex.vars",
    "vars.special": "reflex.vars",
}

# Reflex's own machinery: its compiler, its build and its command line. The modules can be imported,
# since apps do it for a name or two; the names are not there.
_MACHINERY = {
    "app_mixins", "compiler", "context", "hosting",
    "istate.delta", "istate.manager.disk", "istate.manager.memory", "istate.manager.redis", "otel",
    "reflex", "registry", "telemetry_context", "testing", "utils.build", "utils.cli_options",
    "utils.codespaces", "utils.deterministic_hash", "utils.exec", "utils.export", "utils.form",
    "utils.frontend_skeleton", "utils.js_runtimes", "utils.lazy_loader", "utils.log",
    "utils.memo_paths", "utils.net", "utils.path_ops", "utils.precompressed_staticfiles",
    "utils.processes", "utils.redir", "utils.registry", "utils.rename", "utils.streaming_response",
    "utils.tasks", "utils.telemetry", "utils.telemetry_accounting", "utils.templates",
    "utils.token_manager", "vars.dep_tracking",
}  # fmt: skip

# Components that the package has a function for, which does more: `rx.theme` makes the app's, too.
_OF_THE_PACKAGE = {"theme"}

# The namespaces of `rx` in which the components of a package are.
_NAMESPACES = {"components.el": "el", "components.recharts": "recharts"}


def is_module(path):
    """Whether Reflex has a module `reflex.<path>` that may have no code here."""
    return path in _ELSEWHERE or path in _PATHS or _is_machinery(path)


def find(module_name, name):
    """What a module of Reflex has under a name.

    Raises `NotImplementedError` where Reflex has it and Ferroflex does not, `AttributeError` where
    neither does.
    """
    path = module_name.partition(".")[2]
    if _is_machinery(path):
        raise _not_yet(f"{module_name}.{name}")
    if f"{path}.{name}" in _PACKAGES or f"{path}.{name}" in _ELSEWHERE:
        return _module(f"{module_name}.{name}")
    lacking = None
    for look in (_literal, _icons, _of_component, _elsewhere, _submodule):
        try:
            found = look(path, name)
        except NotImplementedError as told:
            # Another place may have it.
            lacking = lacking or told
            continue
        if found is not None:
            return found
    if lacking is not None:
        raise lacking
    if _ui.reflex_has(name):
        raise _not_yet(f"{module_name}.{name}")
    raise AttributeError(f"module {module_name!r} has no attribute {name!r}")


def _icons(path, name):
    """The names of all icons, for the modules of the component that shows one."""
    is_asked = name == "LUCIDE_ICON_LIST" and path.startswith("components.lucide")
    return _ui.icon_names() if is_asked else None


def _literal(path, name):
    from reflex import literals

    return literals.find(name)


def _of_component(path, name):
    """The component of that name, or its class, for a module below `reflex.components`."""
    if path not in _PATHS or name in _OF_THE_PACKAGE:
        return None
    for full_name in _names_in_catalogue(path, name):
        try:
            if name[:1].isupper():
                return _ui.component_class(full_name)
            return _ui.component(full_name)
        except AttributeError:
            continue
    return None


def _names_in_catalogue(path, name):
    """What the catalogue may call a component of a module, the likeliest first."""
    namespace = _NAMESPACES.get(".".join(path.split(".")[:2]))
    if namespace is not None:
        return [f"{namespace}.{name}"]
    if name[:1].isupper():
        return [name]
    # A module that is called like a namespace has its members: `….components.table.root`.
    inside = path.partition(".")[2]
    return [f"{inside}.{name}", f"{inside.rpartition('.')[2]}.{name}", name]


def _elsewhere(path, name):
    """What the module has in which the names of `path` stand, or else what `rx` has."""
    rx = _module("reflex")
    module = _module(_ELSEWHERE.get(path, "reflex"))
    if module is not rx:
        try:
            return getattr(module, name)
        except (AttributeError, NotImplementedError):
            pass
    # Any of `rx` for a module of components, otherwise no components.
    if path in _PATHS or rx.is_own(name, other_than=path):
        return getattr(rx, name, None)
    return None


def _submodule(path, name):
    full_name = f"reflex.{path}.{name}"
    known = is_module(f"{path}.{name}") or FrozenImporter.find_spec(full_name)
    return _module(full_name) if known else None


def _module(name):
    __import__(name)
    return sys.modules[name]


def _not_yet(name):
    return NotImplementedError(f"{name} is not in Ferroflex yet")


def _is_machinery(path):
    while path:
        if path in _MACHINERY:
            return True
        path = path.rpartition(".")[0]
    return False


def _read(table):
    rows = table.replace("\n    ", " ").strip().splitlines()
    return [row.split(": ", 1) for row in rows]


def _component_paths():
    paths = {"components"}
    for package, names in _read(_COMPONENTS):
        prefix = "components" if package == "." else f"components.{package}"
        paths.update(f"{prefix}.{name}" for name in names.split())
    return paths


_PATHS = frozenset(_component_paths())
_PACKAGES = frozenset(path.rpartition(".")[0] for path in _PATHS)


"""Imports of Reflex's many modules: `from reflex.components.radix.themes.base import …`.

Reflex consists of some hundred modules and packages, under names that changed from version to
version; here most of them hold no code. Those are made when they are imported, and find their names
where these really are. A module that does hold code looks up in the same way what it does not
define. Not here: which modules and names there are (`module_table.py`).
"""

import sys
from importlib.machinery import FrozenImporter, ModuleSpec

# The packages into which Reflex was split, and where their modules stand here.
_PACKAGES = {
    "reflex_base": "reflex",
    "reflex_components_code": "reflex.components.datadisplay",
    "reflex_components_core": "reflex.components",
    "reflex_components_dataeditor": "reflex.components.datadisplay",
    "reflex_components_gridjs": "reflex.components.gridjs",
    "reflex_components_lucide": "reflex.components.lucide",
    "reflex_components_markdown": "reflex.components.markdown",
    "reflex_components_moment": "reflex.components.moment",
    "reflex_components_plotly": "reflex.components.plotly",
    "reflex_components_radix": "reflex.components.radix",
    "reflex_components_react_player": "reflex.components.react_player",
    "reflex_components_recharts": "reflex.components.recharts",
    "reflex_components_sonner": "reflex.components.sonner",
}


class Finder:
    """Finds the modules of Reflex, those without code too."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        package, _, rest = name.partition(".")
        if package in _PACKAGES:
            real = f"{_PACKAGES[package]}.{rest}" if rest else _PACKAGES[package]
            return ModuleSpec(name, _SecondName(real), is_package=True)
        if package != "reflex" or not rest:
            return None
        frozen = FrozenImporter.find_spec(name)
        if frozen is not None:
            frozen.loader = _Complemented
            return frozen
        return ModuleSpec(name, _WithoutCode, is_package=True) if is_module(rest) else None


class _SecondName:
    """Loads a module under a second name: it is the same module."""

    def __init__(self, real):
        self.real = real

    @staticmethod
    def create_module(spec):
        return None

    def exec_module(self, module):
        try:
            sys.modules[module.__name__] = imported(self.real)
        except ModuleNotFoundError as missing:
            message = f"no module named {module.__name__!r}"
            raise ModuleNotFoundError(message, name=module.__name__) from missing


class _Complemented(FrozenImporter):
    """Loads a module that has code, which may do without some of its names."""

    @staticmethod
    def exec_module(module):
        FrozenImporter.exec_module(module)
        _complement(sys.modules[module.__spec__.name])


class _WithoutCode:
    """Makes a module all of whose names stand elsewhere."""

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.__doc__ = "A module of Reflex whose names stand elsewhere in Ferroflex."
        _complement(module)


def imported(name):
    """The module of that full name."""
    __import__(name)
    return sys.modules[name]


def install():
    """Has imports ask here before they look into the frozen modules."""
    sys.meta_path.insert(0, Finder)


def is_module(path):
    """Whether Reflex has a module `reflex.<path>` that has no code here."""
    from reflex.module_table import is_module

    return is_module(path)


def _complement(module):
    own = module.__dict__.get("__getattr__")

    def look_up(name):
        if name.startswith("__"):
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        value = _looked_up(module.__name__, name, own)
        # The next look-up finds it without coming here.
        module.__dict__[name] = value
        return value

    module.__getattr__ = look_up


def _looked_up(module_name, name, own):
    if own is not None:
        try:
            return own(name)
        except AttributeError:
            pass
    from reflex.module_table import find

    return find(module_name, name)

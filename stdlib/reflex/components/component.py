"""`reflex.components.component`: the names around component classes under Reflex's module.

Not here: how the classes work (`own.py`).
"""

from types import SimpleNamespace

from _ferroflex_ui import Component
from reflex.components.fields import field
from reflex.components.memo import memo
from reflex.components.own import NoSSRComponent

# Classes that differ from others only in how Reflex compiles them.
BaseComponent = MemoizationLeaf = StatefulComponent = CustomComponent = Component

# What an app's style may be keyed by, and what may be a child; for annotations.
ComponentStyle = dict
ComponentChild = ComponentChildTypes = object

# An older name of the decorator.
custom_component = memo


class ComponentNamespace(SimpleNamespace):
    """A group of components under one name; `__call__` makes the one that the group stands for."""

    def __hash__(self):
        return hash(type(self).__name__)

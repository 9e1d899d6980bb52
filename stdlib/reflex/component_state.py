"""`rx.ComponentState`: a component together with a state of its own for each use.

Not here: how its fields and handlers are read, which is done for it as for any mixin (`state.py`).
"""

from _ferroflex_ui import Component, fragment
from reflex.state import State

# How many components were made of each class, by the class's full name. Pages are called once, in
# the order of their declaration, so that the numbers are the same each time that the app is loaded.
_CREATED = {}


class ComponentState(State, mixin=True):
    """A mixin: each `create()` makes a state class with its fields and handlers."""

    def __init_subclass__(cls, mixin=True, **kwargs):
        super().__init_subclass__(mixin=mixin, **kwargs)

    @classmethod
    def get_component(cls, *children, **props):
        """The component, built with the Vars and handlers of `cls`; a subclass says how."""
        raise NotImplementedError(f"{cls.__name__} has no get_component, which makes its component")

    @classmethod
    def create(cls, *children, **props):
        """A component with a state of its own, which is its attribute `State`."""
        full_name = cls.get_full_name()
        count = _CREATED[full_name] = _CREATED.get(full_name, 0) + 1
        names = {"__module__": cls.__module__, "__qualname__": f"{cls.__qualname__}_n{count}"}
        state = type(State)(f"{cls.__name__}_n{count}", (cls, State), names, mixin=False)
        component = state.get_component(*children, **props)
        if not isinstance(component, Component):
            component = fragment(component)
        component.State = state
        return component

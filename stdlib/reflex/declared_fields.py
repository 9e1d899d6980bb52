"""`State.__fields__`: the fields that a state class declares, whose defaults a component may set.

A `ComponentState` gives one of its fields another default so: `cls.__fields__["text"].default =
"…"`. Not here: how a class body is read (`state.py`).
"""

import _ferroflex_state


class DeclaredField:
    """One field; what is assigned to `default`, new sessions start with."""

    def __init__(self, owner, name):
        self._owner = owner
        self.name = name

    @property
    def default(self):
        """What a new session starts with."""
        return self._owner.__ferroflex_fields__[self.name]

    @default.setter
    def default(self, value):
        _ferroflex_state.set_default(self._owner, self.name, value)
        self._owner.__ferroflex_fields__[self.name] = value


class DeclaredFields:
    """The fields of the class on which it is looked up, by name."""

    def __get__(self, instance, owner):
        return {name: DeclaredField(owner, name) for name in owner.__ferroflex_fields__}

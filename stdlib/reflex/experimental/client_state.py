"""`rx._x.client_state`: state that a page keeps for itself, and of which no server hears.

Its values stand by name in the substate that is the browser's own, so that they are read like any
field, and setting one is a command of the browser's. Not here: state that the browser keeps for
longer than a page is open (`reflex.storage`).
"""

import _ferroflex_ui as _ui
from reflex.callable_module import make_callable

_NOT_GIVEN = object()

# How many client states have no name of their author's.
_unnamed = 0


class ClientStateVar(_ui.Var):
    """A client state. It is a Var that shows nothing, since Reflex wants it among the children of
    what uses it; what it holds is `value`."""

    @staticmethod
    def create(var_name=None, default=_NOT_GIVEN, global_ref=True):
        """A client state. All of one name are one; without one it has a name of its own.
        `global_ref=False` keeps it from the server, and from others of its name."""
        if var_name is not None and not isinstance(var_name, str):
            raise ValueError("var_name must be a string.")
        made = ClientStateVar("null")
        made._name = var_name if var_name is not None and global_ref else _new_name(var_name)
        made._default = None if default is _NOT_GIVEN else default
        made._global = global_ref
        return made

    @property
    def value(self):
        """What it holds, as a Var for a page."""
        values = _ui.field_var("(browser)", "client", dict)
        found = values.get(self._name, self._default)
        if self._default is None:
            return found
        return found.to(_ui.Var.create(self._default)._var_type)

    @property
    def set(self):
        """Sets it to what an event trigger gives."""
        return self.set_value

    def set_value(self, value=_NOT_GIVEN):
        """The event that sets it to a value; without one, to what the trigger gives."""
        if value is _NOT_GIVEN:
            return self.set_value
        return _ui.special_event("_set_client_state")(self._name, value)

    def retrieve(self, callback=None):
        """The event, for a handler, that has the browser give the value to another."""
        self._check_global("retrieve")
        return _ui.special_event("_get_client_state")(self._name, self._default, callback)

    def push(self, value):
        """The event, for a handler, that sets it to a value."""
        self._check_global("push")
        return self.set_value(value)

    def _check_global(self, method):
        if not self._global:
            raise ValueError(f"ClientStateVar must be global to {method} the value.")


def _new_name(hint):
    global _unnamed
    _unnamed += 1
    return f"{hint or 'client_state'}-{_unnamed}"


make_callable(__name__, ClientStateVar.create)

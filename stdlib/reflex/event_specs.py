"""What event triggers give their handlers, as functions of the browser's event.

Each is run once with Vars in place of the event, when a component is made. Not here: the triggers
of the catalogue's components, whose arguments native code knows.
"""

from _ferroflex_ui import Var


def no_args_event_spec():
    """Nothing."""
    return ()


# An older name.
empty_event = no_args_event_spec


def passthrough_event_spec(*types):
    """What the library's callback is given, as it is."""

    def given(*values):
        return tuple(value.to(type) for value, type in zip(values, types))

    given.argument_count = len(types)
    return given


identity_event = passthrough_event_spec


def input_event(event):
    """The text of an input."""
    return (event.target.value.to(str),)


def int_input_event(event):
    """The number of an input, without a fraction."""
    return (_number(event.target.value).to(int),)


def float_input_event(event):
    """The number of an input."""
    return (_number(event.target.value).to(float),)


def checked_input_event(event):
    """Whether a checkbox is ticked."""
    return (event.target.checked.to(bool),)


def key_event(event):
    """The key, and which of the modifiers are held."""
    return event.key.to(str), Var.create(_modifiers(event))


def pointer_event_spec(event):
    """The buttons, where the pointer was, and which of the modifiers are held."""
    where = {
        "button": event.button,
        "buttons": event.buttons,
        "client_x": event.clientX,
        "client_y": event.clientY,
    }
    return (Var.create(where | _modifiers(event)),)


def _modifiers(event):
    return {
        "alt_key": event.altKey,
        "ctrl_key": event.ctrlKey,
        "meta_key": event.metaKey,
        "shift_key": event.shiftKey,
    }


def _number(value):
    return Var(f"Number({value})")

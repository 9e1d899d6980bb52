"""`rx.event`: the decorator of event handlers, and the names around events.

Not here: the decorator itself, which belongs to state classes (`state.py`), and the special
events, which native code makes.
"""

import _ferroflex_ui as _ui
from _ferroflex_ui import EventHandler, EventSpec
from reflex.callable_module import make_callable


class EventType:
    """What an event trigger takes; for annotations."""

    def __class_getitem__(cls, parameters):
        return cls


class EventChain:
    """Several events of one trigger; for annotations. In code a list does the same."""


class UploadFile:
    """A file that the browser sent; for annotations, as uploads are not in Ferroflex yet."""


def key_event(event):
    """The arguments of a key's trigger: the key, and which of the modifiers are held."""
    modifiers = {
        "alt_key": event.altKey,
        "ctrl_key": event.ctrlKey,
        "meta_key": event.metaKey,
        "shift_key": event.shiftKey,
    }
    return event.key, modifiers


def no_args_event_spec():
    """The arguments of a trigger that gives none."""
    return ()


def passthrough_event_spec(*types):
    """The arguments of a trigger that hands its own on."""
    return lambda *args: args


def _decorate(*args, **kwargs):
    from reflex.state import event as decorator

    return decorator(*args, **kwargs)


def __getattr__(name):
    special = None if name.startswith("__") else _ui.special_event(name)
    if special is None:
        raise AttributeError(f"module 'reflex.event' has no attribute {name!r}")
    return special


noop = _ui.noop

make_callable(__name__, _decorate)

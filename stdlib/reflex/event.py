"""`rx.event`: the decorator of event handlers, and the names around events.

Not here: the decorator itself, which belongs to state classes (`state.py`), and the special
events, which native code makes.
"""

from typing import TypedDict

import _ferroflex_ui as _ui
from _ferroflex_ui import EventHandler, EventSpec
from reflex.callable_module import make_callable
from reflex.event_specs import (
    checked_input_event,
    empty_event,
    float_input_event,
    identity_event,
    input_event,
    int_input_event,
    key_event,
    no_args_event_spec,
    passthrough_event_spec,
    pointer_event_spec,
)


class KeyInputInfo(TypedDict):
    """What is held down while a key is pressed."""

    alt_key: bool
    ctrl_key: bool
    meta_key: bool
    shift_key: bool


class MouseEventInfo(KeyInputInfo):
    """Where the mouse is, and what is held down."""

    button: int
    buttons: int
    client_x: int
    client_y: int


class PointerEventInfo(MouseEventInfo):
    """The same of any pointer."""


class EventType:
    """What an event trigger takes; for annotations."""

    def __class_getitem__(cls, parameters):
        return cls


class EventChain:
    """What an event trigger calls, as a Var that JavaScript of the author's can call too."""

    def __new__(cls, events=(), args_spec=None, **options):
        return cls.create(events, args_spec)

    @classmethod
    def create(cls, value, args_spec=None, key=None, **options):
        """The chain of whatever an event trigger takes; `args_spec` says what it is given."""
        return _ui.event_chain(value, args_spec)


def _decorate(*args, **kwargs):
    from reflex.state import event as decorator

    return decorator(*args, **kwargs)


def __getattr__(name):
    if name in ("UploadFile", "upload_files"):
        from reflex import uploads

        return getattr(uploads, name)
    if name == "upload_files_chunk":
        from reflex.upload_chunks import upload_files_chunk

        return upload_files_chunk
    if name == "Event":
        from reflex.middleware import Event

        return Event
    special = None if name.startswith("__") else _ui.special_event(name)
    if special is None:
        raise AttributeError(f"module 'reflex.event' has no attribute {name!r}")
    return special


noop = _ui.noop

make_callable(__name__, _decorate)

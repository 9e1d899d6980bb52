"""`rx.Cookie`, `rx.LocalStorage`, `rx.SessionStorage`: defaults of fields that the browser keeps.

Here is what is read of such a default when its class is defined. Not here: what a session takes
over from the browser (native, `_ferroflex_state`), what the browser writes (the shell), and
removing what is stored, which special events do.
"""

import json
import re

from reflex.handlers import described

# Reflex ends the names under which it stores fields with this, and so do we: what visitors of an
# app's former deployment have stored stays theirs.
_MARKER = "_rx_state_"


class ClientStorageBase(str):
    """The starting value of a field, and where the browser is to keep it."""

    area = None

    def options(self):
        """The options that were given, under the names that the shell knows."""
        return {name: value for name, value in vars(self).items() if value is not None}


def _text(cls, object, encoding, errors):
    if encoding or errors:
        object = str(object, encoding or "utf-8", errors or "strict")
    return str.__new__(cls, object)


class Cookie(ClientStorageBase):
    """In a cookie. `max_age` is in seconds; a cookie without one ends with the browser."""

    area = "cookie"

    def __new__(
        cls,
        object="",
        encoding=None,
        errors=None,
        /,
        name=None,
        path="/",
        max_age=None,
        domain=None,
        secure=None,
        same_site="lax",
    ):
        made = _text(cls, object, encoding, errors)
        made.name, made.path, made.domain = name, path, domain
        made.max_age, made.secure, made.same_site = max_age, secure, same_site
        return made


class LocalStorage(ClientStorageBase):
    """In the local storage, which all tabs of an origin share; with `sync`, a change in one tab
    reaches the others at once."""

    area = "local"

    def __new__(cls, object="", encoding=None, errors=None, /, name=None, sync=False):
        made = _text(cls, object, encoding, errors)
        made.name, made.sync = name, sync
        return made


class SessionStorage(ClientStorageBase):
    """In the session storage: for one tab, as long as it is open."""

    area = "session"

    def __new__(cls, object="", encoding=None, errors=None, /, name=None):
        made = _text(cls, object, encoding, errors)
        made.name = name
        return made


def storage_of(annotation, default, factory):
    """Where a field is kept, by its default or its annotation; None for any other field."""
    if isinstance(default, ClientStorageBase):
        return default
    if not (isinstance(annotation, type) and issubclass(annotation, ClientStorageBase)):
        return None
    made = None if factory is None else factory()
    return made if isinstance(made, ClientStorageBase) else annotation()


def plain(storage, annotation):
    """What a field kept there is annotated with, and starts with."""
    if isinstance(annotation, type) and issubclass(annotation, str):
        return str, str.__str__(storage)
    return annotation, _typed(str.__str__(storage), annotation)


def _typed(text, annotation):
    """The value that a text stands for, where the annotation wants numbers or the like."""
    try:
        return json.loads(text) if annotation in (bool, int, float) or text[:1] in "[{" else text
    except ValueError:
        return text


def kept(cls, name, storage, setter):
    """What the host is told of such a field: the area, its options, what the field takes."""
    options = {"in": storage.area, **storage.options()}
    options["name"] = options.get("name") or _stored_name(cls, name)
    default = str.__str__(storage)
    if default:
        options["default"] = default
    return storage.area, options, described(f"{cls.get_full_name()}.{name}", setter)[2]


def _stored_name(cls, field):
    """The name under which Reflex stores a field that was given none."""
    parts = []
    while cls is not None:
        module = cls.__module__.replace(".", "___")
        parts.append(_snake_case(f"{module}___{cls.__name__}"))
        cls = cls.get_parent_state()
    return f"{'.'.join(reversed(parts))}.{field}{_MARKER}"


def _snake_case(name):
    words = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", words).lower().replace("-", "_")

"""`rx.Cookie`, `rx.LocalStorage`, `rx.SessionStorage`: defaults of fields that Reflex keeps in the
browser.

Ferroflex keeps such a field in the session like any other, and says so once. Not here: removing
what other software has stored there, which special events do.
"""

_told = False


class ClientStorage(str):
    """The starting value of a field, and where the browser is to keep it."""

    def __new__(cls, object="", encoding=None, errors=None, /, **options):
        if isinstance(object, bytes):
            object = str(object, encoding or "utf-8", errors or "strict")
        made = super().__new__(cls, object)
        made.options = options
        return made


class Cookie(ClientStorage):
    """In a cookie: `name`, `path`, `max_age` in seconds, `domain`, `secure`, `same_site`."""


class LocalStorage(ClientStorage):
    """In the local storage: `name`, and `sync` for all tabs."""


class SessionStorage(ClientStorage):
    """In the session storage: `name`."""


ClientStorageBase = ClientStorage


def plain(value, place):
    """The text that a field starts with. `place` is the field's full name."""
    global _told
    if not _told:
        _told = True
        from reflex.utils.console import warn

        warn(
            f"{place}: rx.{type(value).__name__} is not stored in the browser yet; the session "
            "keeps the value, as it does for any field"
        )
    return str.__str__(value)

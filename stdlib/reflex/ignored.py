"""What apps declare and Ferroflex does not act on yet, each told once in the log.

So an app loads whose other parts work. Not here: names whose use cannot be passed over; those
raise.
"""

from reflex.utils.console import warn

# Options of `rx.App`, and what becomes of them.
_OPTIONS = {
    "admin_dash": "there is no page for the administration of a database",
    "connect_error_component": "the shell shows its own banner",
    "hydrate_fallback": "a page is delivered with its state, and waits for nothing",
    "sio": "there is no socket.io",
}

# Options that mean nothing here, or are on in any case.
_WITHOUT_EFFECT = {
    "enable_state", "event_namespace", "html_custom_attrs", "html_lang", "reset_style", "state",
}  # fmt: skip

# What the log has been told.
told = set()


def warn_once(what, consequence):
    """Writes to the log that something has no effect, unless it did before."""
    if what not in told:
        told.add(what)
        warn(f"{what} has no effect: {consequence}")


def warn_of_options(options):
    """Tells which of the options of an `rx.App` have no effect."""
    for name, value in options.items():
        if value is None or name in _WITHOUT_EFFECT:
            continue
        consequence = _OPTIONS.get(name, "rx.App has no such option")
        warn_once(f"rx.App({name}=…)", consequence)

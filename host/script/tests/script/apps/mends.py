"""Checks of what the host mends in RustPython; the page has what came of each."""

import traceback

import mends_of_classes
import mends_of_modules
import mends_of_types
import reflex as rx


def checks():
    """The check functions of the modules, by name."""
    modules = (mends_of_classes, mends_of_types, mends_of_modules)
    return {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if name.startswith("check_")
    }


def outcome(check):
    try:
        check()
    except Exception:
        return traceback.format_exc()
    return "ok"


class Mends(rx.State):
    outcomes: dict[str, str] = {
        name.removeprefix("check_"): outcome(check) for name, check in checks().items()
    }


def index():
    return rx.text(Mends.outcomes.length())


app = rx.App()
app.add_page(index)

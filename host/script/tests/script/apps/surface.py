"""Looks up names of Reflex, and declares what Ferroflex does not act on yet."""

import importlib

import reflex as rx
import reflex_base.event
from reflex.app import get_route_args
from reflex.components.radix.themes.components.button import LiteralButtonSize
from reflex.constants.colors import ColorType, ShadeType
from reflex.page import DECORATED_PAGES
from reflex.utils import format
from reflex.utils.types import is_optional, value_inside_optional


class Surface(rx.State):
    found: str = ""
    token: str = rx.LocalStorage("none", name="token", sync=True)
    visits: str = rx.Cookie("0", max_age=60)
    tab: rx.SessionStorage = rx.SessionStorage()
    untyped = rx.Cookie("plain")
    kept: list[list[int]] = [[]]

    def look(self, name: str):
        try:
            self.found = f"there: {looked_up(name)!r}"
        except (AttributeError, NotImplementedError, ImportError) as raised:
            self.found = f"{type(raised).__name__}: {raised}"

    def ask(self, code: str):
        self.found = repr(eval(code))

    def log_in(self, token: str):
        self.token = token


def looked_up(name):
    """What an import statement, or a dotted name, gives."""
    if name.startswith("from "):
        _, module, _, name = name.split()
        return getattr(importlib.import_module(module), name)
    if name.startswith("import "):
        return importlib.import_module(name.removeprefix("import "))
    value = rx
    for part in name.removeprefix("rx.").split("."):
        value = getattr(value, part)
    return value


def index():
    return rx.text(Surface.token + Surface.untyped)


async def tick():
    raise AssertionError("lifespan tasks run when an app is served")


app = rx.App(api_transformer=lambda api: api, sio=object(), html_lang="en")
app.register_lifespan_task(tick)
app.api.add_api_route("/ping", lambda: "pong")


@app.api.get("/items")
def items():
    return []


app.add_page(index)


@rx.page(route="/about", title="About")
def about():
    return rx.table(
        rx.thead(rx.tr(rx.th("old"))),
        rx.tbody(rx.tr(rx.td(rx.span("names")))),
    )

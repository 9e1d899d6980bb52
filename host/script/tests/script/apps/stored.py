"""State that browsers keep: every kind, every way to declare it, values that are no text."""

import reflex as rx


class Stored(rx.State):
    theme: str = rx.Cookie("light", name="theme", max_age=3600, secure=True, same_site="strict")
    visitor: str = rx.Cookie(path="/shop", domain="shop.example")
    count: int = rx.Cookie("0", name="count")
    token: str = rx.LocalStorage(name="token", sync=True)
    draft: rx.Field[str] = rx.field(rx.LocalStorage("empty"))
    cart: dict[str, int] = rx.LocalStorage("{}", name="cart")
    step: rx.SessionStorage = rx.SessionStorage("1")
    unset: rx.SessionStorage
    made: rx.Field[rx.LocalStorage] = rx.field(
        default_factory=lambda: rx.LocalStorage("made", name="made")
    )
    bare = rx.Cookie(b"bytes", "utf-8")
    _hidden: str = rx.LocalStorage("server only")
    plain: str = "plain"
    shown: str = ""

    @rx.var
    def greeting(self) -> str:
        return f"{self.token or 'nobody'} in {self.theme}"

    @rx.event
    def look(self):
        self.shown = f"{type(self.count).__name__} {self.count} {self.cart} {self.is_hydrated}"

    @rx.event
    def write(self, token: str):
        self.token = token

    @rx.event
    def forget(self):
        self.reset()


class MyHTTPPart(Stored):
    nested: str = rx.LocalStorage()


class Free(rx.State):
    """A state without anything of the kind."""

    value: str = ""


@rx.page(route="/")
def index():
    return rx.fragment(rx.text(Stored.greeting), rx.text(Stored.step.upper()))

"""State of which requests bring all that browsers keep."""

import reflex as rx


class Cookies(rx.State):
    theme: str = rx.Cookie("light", name="theme")


@rx.page(route="/")
def index():
    return rx.text(Cookies.theme, Cookies.is_hydrated)

"""Files of the app's own, by address."""

import reflex as rx

from .kit import Swatch, sound, swatch

logo = rx.asset("logo.svg")


class Files(rx.State):
    addresses: list[str] = [logo, swatch, sound, logo.importable_path]
    problem: str = ""

    @rx.event
    def ask(self, name: str):
        try:
            rx.asset(name)
        except FileNotFoundError as error:
            self.problem = str(error)


@rx.page(route="/")
def index():
    return rx.fragment(rx.image(src=logo, alt="logo"), Swatch.create(), rx.text(Files.problem))

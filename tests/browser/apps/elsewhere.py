"""Where a redirect out of another app leads. With two apps here, each has a path of its own."""

import reflex as rx


def index():
    return rx.el.h1("Elsewhere")


app = rx.App()
app.add_page(index, route="/")

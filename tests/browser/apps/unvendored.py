"""A component of a library that is neither in the shell nor in the app's assets."""

import reflex as rx


class ColorPicker(rx.Component):
    library = "react-colorful@5.6.1"
    tag = "HexColorPicker"


def index():
    return ColorPicker.create()


app = rx.App()
app.add_page(index)

"""Colours as values, and the names of colours and shades for annotations."""

import _ferroflex_ui as _ui

ColorType = str
ShadeType = int


class Color(str):
    """The colour that `rx.color` gives for the same arguments."""

    def __new__(cls, color, shade=7, alpha=False):
        return super().__new__(cls, f"{_ui.color(color, shade, alpha)}")

"""Colours as values, and the names of colours and shades. Not here: `rx.color`, which is native."""

import _ferroflex_ui as _ui
from reflex import literals

ColorType = literals.find("ColorType")
ShadeType = literals.find("ShadeType")
COLORS = frozenset(ColorType.__args__)
MIN_SHADE_VALUE = 1
MAX_SHADE_VALUE = 12


class Color(str):
    """The colour that `rx.color` gives for the same arguments."""

    def __new__(cls, color, shade=7, alpha=False):
        return super().__new__(cls, f"{_ui.color(color, shade, alpha)}")

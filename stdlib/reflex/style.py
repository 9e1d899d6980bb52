"""Styles and the colour mode: `rx.style`, `rx.breakpoints`.

Not here: what a style prop becomes, which the page generator knows.
"""

import _ferroflex_ui as _ui

color_mode = _ui.color_mode()
resolved_color_mode = color_mode
LIGHT_COLOR_MODE = "light"
DARK_COLOR_MODE = "dark"
SYSTEM_COLOR_MODE = "system"
toggle_color_mode = _ui.special_event("toggle_color_mode")
set_color_mode = _ui.special_event("set_color_mode")


class Style(dict):
    """A dictionary of style props."""

    def __init__(self, style=None, **props):
        super().__init__(style or {}, **props)


class Breakpoints(dict):
    """A value for each width from which on it holds."""


def breakpoints(custom=None, initial=None, xs=None, sm=None, md=None, lg=None, xl=None):
    """A value by the window's width: `initial`, and from 30, 48, 62, 80 and 96 em on."""
    named = {"initial": initial, "xs": xs, "sm": sm, "md": md, "lg": lg, "xl": xl}
    given = {name: value for name, value in named.items() if value is not None}
    if custom is not None and given:
        raise ValueError("rx.breakpoints() takes a dictionary or names, not both")
    return Breakpoints(custom if custom is not None else given)


class DataEditorTheme(dict):
    """The colours and sizes of a data editor, under Python's names or Glide's: what
    `rx.data_editor(theme=…)` takes. One that is None is left to the page's theme.
    """

    def __init__(self, **options):
        super().__init__({_camel(name): value for name, value in options.items() if value is not None})


def _camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


data_editor_theme = DataEditorTheme

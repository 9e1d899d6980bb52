"""The gallery: every component in use, a page for each group of them.

It shows what there is, and the browser tests look at it: no error in the console, nothing that an
accessibility check finds, the same picture as last time.
"""

import reflex as rx

from gallery.pages import (
    behaviour,
    charts,
    content,
    controls,
    data,
    data_display,
    disclosure,
    forms,
    html,
    icons,
    layout,
    media,
    overlays,
    overview,
    svg,
    typography,
    upload,
)

app = rx.App()

"""The dashboard: each of its pages is a module."""

import reflex as rx

from . import customers, orders, overview, settings  # noqa: F401 (their pages)

FONTS = 'Inter, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'

app = rx.App(html_lang="en", style={"font_family": FONTS})

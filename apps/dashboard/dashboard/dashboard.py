"""The dashboard: each of its pages is a module."""

import reflex as rx

from . import customers, orders, overview, settings  # noqa: F401 (their pages)

app = rx.App(html_lang="en", stylesheets=["/fonts.css"])

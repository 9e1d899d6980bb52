"""Configuration of the gallery."""

import reflex as rx

config = rx.Config(
    app_name="gallery",
    plugins=[rx.plugins.RadixThemesPlugin(theme=rx.theme(accent_color="indigo", radius="medium"))],
)

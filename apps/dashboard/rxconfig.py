"""Configuration of the dashboard: its theme."""

import reflex as rx

config = rx.Config(
    app_name="dashboard",
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(accent_color="indigo", gray_color="slate", radius="large")
        )
    ],
)

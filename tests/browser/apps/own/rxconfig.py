"""Configuration of the app."""

import reflex as rx

config = rx.Config(app_name="own")

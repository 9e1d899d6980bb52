"""Configuration of an app with files of its own."""

import reflex as rx

config = rx.Config(app_name="files")

"""The project's configuration."""

import reflex as rx

config = rx.Config(app_name="signup")

"""A project that lives below a prefix."""

import reflex as rx

config = rx.Config(app_name="prefixed", frontend_path="/sub/")

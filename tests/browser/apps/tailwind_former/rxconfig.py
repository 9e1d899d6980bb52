"""Configuration of the app: Tailwind 3, as former versions of Reflex took it."""

import reflex as rx

config = rx.Config(
    app_name="tailwind_former",
    tailwind={
        "darkMode": "class",
        "important": False,
        "theme": {"extend": {"colors": {"leaf": "#00ff00"}}},
        "plugins": ["@tailwindcss/typography"],
    },
)

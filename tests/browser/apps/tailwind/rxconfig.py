"""Configuration of the app: Tailwind 4 with a theme, plugins and one that does not exist here."""

import reflex as rx

config = rx.Config(
    app_name="tailwind",
    plugins=[
        rx.plugins.SitemapPlugin(),
        rx.plugins.TailwindV4Plugin(
            {
                "theme": {
                    "extend": {
                        "colors": {"brand": {"DEFAULT": "#123456", 50: "#fedcba"}},
                        "fontFamily": {"display": ["Oswald", "sans-serif"]},
                    }
                },
                "plugins": ["@tailwindcss/typography@0.5.20", "@tailwindcss/forms"],
            }
        ),
    ],
)

"""Configuration of the blog: Tailwind with its typography plugin, and where the blog lives."""

import reflex as rx

SANS = ["Inter", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif"]
SERIF = ["ui-serif", "Charter", "Iowan Old Style", "Georgia", "Liberation Serif", "serif"]

config = rx.Config(
    app_name="blog",
    deploy_url="https://plumbline.example",
    plugins=[
        rx.plugins.TailwindV4Plugin(
            {
                "plugins": ["@tailwindcss/typography"],
                "darkMode": "class",
                "theme": {"extend": {"fontFamily": {"sans": SANS, "serif": SERIF}}},
            }
        )
    ],
    # The blog's own lists the posts as well: see blog/syndication.py.
    disable_plugins=[rx.plugins.SitemapPlugin],
)

"""The blog: its pages, and what stands in the head of each."""

import reflex as rx

from . import about, front, post, tag  # noqa: F401 (their pages)
from .layout import NAME
from .syndication import with_feeds

app = rx.App(
    html_lang="en",
    head_components=[
        rx.el.link(rel="alternate", type="application/rss+xml", href="/feed.xml", title=NAME),
    ],
    api_transformer=with_feeds,
)

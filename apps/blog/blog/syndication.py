"""What machines read: the feed and the list of pages, as XML beside the pages.

An ASGI function around the app's own API; it needs no framework.
"""

from xml.sax.saxutils import escape

import reflex as rx

from . import content, layout

_ORIGIN = rx.config.get_config().deploy_url.rstrip("/")


def with_feeds(api):
    """The API with `/feed.xml` and `/sitemap.xml` before it."""

    async def answer(scope, receive, send):
        make = _DOCUMENTS.get(scope["path"]) if scope["type"] == "http" else None
        if make is None:
            return await api(scope, receive, send)
        headers = [(b"content-type", b"application/xml; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": make().encode()})

    return answer


def feed() -> str:
    """RSS 2.0: title, address and summary of every post."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{_address(post)}</link>"
        f"<guid>{_address(post)}</guid><description>{escape(post.summary)}</description></item>"
        for post in content.newest_first()
    )
    channel = f"<title>{layout.NAME}</title><link>{_ORIGIN}/</link>"
    channel += f"<description>{layout.TAGLINE}</description><language>en</language>"
    return f'{_DECLARATION}<rss version="2.0"><channel>{channel}{items}</channel></rss>'


def sitemap() -> str:
    """The address of every page, with the day on which a post was written."""
    pages = [f"{_ORIGIN}/", f"{_ORIGIN}/about"]
    pages += [f"{_ORIGIN}/tag/{tag}" for tag in content.tags()]
    urls = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    urls += "".join(
        f"<url><loc>{_address(post)}</loc><lastmod>{post.date}</lastmod></url>"
        for post in content.newest_first()
    )
    return f'{_DECLARATION}<urlset xmlns="{_SITEMAP}">{urls}</urlset>'


def _address(post: content.Post) -> str:
    return f"{_ORIGIN}/post/{post.slug}"


_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DOCUMENTS = {"/feed.xml": feed, "/sitemap.xml": sitemap}

"""What an app says of its place in the web: the path before its own, the sitemap.

Reads what `rxconfig.py` and the pages' `context=` declare. Not here: the files themselves, which
the server writes when they are asked for, since only then is its address known.
"""

import sys

from reflex import overrides
from reflex.utils.console import warn

# The name of the plugin that lists the pages, which is on unless it is disabled.
_SITEMAP = "SitemapPlugin"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")


def declared(pages, tells_routes):
    """What the host is told."""
    config = configuration()
    prefix = _prefix(getattr(config, "frontend_path", "") or "")
    return {
        "prefix": prefix,
        "deploy_url": (getattr(config, "deploy_url", None) or "").rstrip("/") or None,
        "sitemap": _sitemap(config, pages, prefix),
        "tells_routes": tells_routes,
    }


def configuration():
    """The app's configuration, if `rxconfig.py` or the environment says anything."""
    if "reflex.config" not in sys.modules and not overrides.are_said():
        return None
    from reflex.config import get_config

    return get_config()


def _prefix(path):
    inner = path.strip("/")
    parts = inner.split("/")
    if inner and (not _PLAIN.issuperset(inner) or {"", ".", ".."}.intersection(parts)):
        raise ValueError(
            f"rx.Config(frontend_path={path!r}): a path of letters, digits and -._~ is expected, "
            "such as /app"
        )
    return f"/{inner}" if inner else ""


def _sitemap(config, pages, prefix):
    """The entries of the sitemap; None when the app wants none."""
    if any(_is_sitemap(plugin) for plugin in getattr(config, "disable_plugins", None) or ()):
        return None
    plugins = getattr(config, "plugins", None) or ()
    found = next((plugin for plugin in plugins if _is_sitemap(plugin)), None)
    slash = getattr(found, "trailing_slash", "preserve")
    entries = (_entry(page, prefix, slash) for page in pages)
    return [entry for entry in entries if entry is not None]


def _is_sitemap(plugin):
    """Whether a plugin, its class or its name is the sitemap's."""
    if isinstance(plugin, str):
        return plugin.rpartition(".")[2] == _SITEMAP
    return getattr(plugin, "__name__", type(plugin).__name__) == _SITEMAP


def _entry(page, prefix, slash):
    """Location, time of the last change, frequency and weight; None for a page that is not
    listed."""
    route = page["route"]
    options = (page["context"] or {}).get("sitemap", {})
    if options is None:
        return None
    location = options.get("loc")
    if location is None:
        if "[" in route or route == "/404":
            if options:
                warn(f"the page {route} is left out of the sitemap: its options have no loc")
            return None
        location = prefix + route
    elif not location.startswith(("http://", "https://")):
        location = f"/{location.lstrip('/')}"
    changed, weight = options.get("lastmod"), options.get("priority")
    return (
        _slashed(location, slash),
        changed.isoformat() if hasattr(changed, "isoformat") else changed,
        options.get("changefreq"),
        None if weight is None else str(min(1.0, max(0.0, weight))),
    )


def _slashed(location, slash):
    if slash == "always":
        return location if location.endswith("/") else f"{location}/"
    return location.rstrip("/") if slash == "never" else location

"""`reflex.plugins.sitemap`: the sitemap's plugin under its longer name."""

from reflex.plugins import SitemapPlugin

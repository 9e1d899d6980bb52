"""`rx.plugins`: configuration of Reflex's build, taken so that `rxconfig.py` files load.

Ferroflex has no build of an app; of the plugins only the theme's props mean something to it.
"""


class Plugin:
    """A plugin with its options."""

    def __init__(self, *args, **options):
        self.args = args
        self.options = options


class SitemapPlugin(Plugin):
    """Lists the pages for search engines."""


class TailwindV3Plugin(Plugin):
    """Tailwind 3."""


class TailwindV4Plugin(Plugin):
    """Tailwind 4."""


class RadixThemesPlugin(Plugin):
    """The theme's props: `RadixThemesPlugin(theme=rx.theme(…))`."""

    def __init__(self, theme=None, **options):
        super().__init__(theme=theme, **options)
        self.theme = theme


class EmbedPlugin(Plugin):
    """Mounts an app into a foreign page."""

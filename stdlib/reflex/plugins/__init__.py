"""`rx.plugins`: configuration of Reflex's build, taken so that `rxconfig.py` files load.

Ferroflex has no build of an app; of the plugins the theme's props, the sitemap's options and
Tailwind's configurations mean something to it.
"""


class Plugin:
    """A plugin with its options."""

    def __init__(self, *args, **options):
        self.args = args
        self.options = options


class SitemapPlugin(Plugin):
    """Lists the pages for search engines; on unless it stands in `disable_plugins`."""

    def __init__(self, trailing_slash="preserve"):
        if trailing_slash not in ("always", "never", "preserve"):
            raise ValueError(
                "SitemapPlugin(trailing_slash=) takes always, never or preserve, "
                f"not {trailing_slash!r}"
            )
        super().__init__(trailing_slash=trailing_slash)
        self.trailing_slash = trailing_slash


class TailwindPlugin(Plugin):
    """Tailwind with a configuration; without one, that of Reflex."""

    # The version for which configurations are written; none is not Tailwind.
    tailwind_version = 4
    config = None

    def __init__(self, config=None, **options):
        super().__init__(config=config, **options)
        self.config = config


class TailwindV3Plugin(TailwindPlugin):
    """Tailwind 3."""

    tailwind_version = 3


class TailwindV4Plugin(TailwindPlugin):
    """Tailwind 4."""


class RadixThemesPlugin(Plugin):
    """The theme's props: `RadixThemesPlugin(theme=rx.theme(…))`."""

    def __init__(self, theme=None, **options):
        super().__init__(theme=theme, **options)
        self.theme = theme


class EmbedPlugin(Plugin):
    """Mounts an app into a foreign page."""

"""Names of constants that apps read. Not here: what they configure."""

from reflex.constants import colors


class Env:
    """The kinds of running, for `Config(env=…)`."""

    DEV = "dev"
    PROD = "prod"


class ColorMode:
    """The names of the colour modes."""

    NAME = "color_mode"
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"

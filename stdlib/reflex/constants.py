"""Names of constants that apps read. Not here: what they configure."""


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

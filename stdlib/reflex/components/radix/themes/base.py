"""The types of the theme's props, for annotations.

Each is a string but the accent colours, which apps also read out: these are a `typing.Literal`,
made when it is first named.
"""

LiteralGrayColor = LiteralAppearance = LiteralAlign = LiteralJustify = LiteralSpacing = str
LiteralRadius = LiteralScaling = LiteralSize = LiteralVariant = str

_ACCENT_COLORS = (
    "tomato red ruby crimson pink plum purple violet iris indigo blue cyan teal jade green grass "
    "brown orange sky mint lime yellow amber gold bronze gray"
)


def __getattr__(name):
    if name != "LiteralAccentColor":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from typing import Literal

    literal = globals()[name] = Literal[tuple(_ACCENT_COLORS.split())]
    return literal

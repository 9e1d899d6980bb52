"""The types of the theme's props, for annotations: each is a string."""

LiteralAccentColor = LiteralGrayColor = LiteralAppearance = str
LiteralAlign = LiteralJustify = LiteralSpacing = str
LiteralRadius = LiteralScaling = LiteralSize = LiteralVariant = str

"""The names of colours and shades, for annotations. Not here: `rx.color`, which native code has."""

ColorType = str
ShadeType = int

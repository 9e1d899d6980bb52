"""`reflex.components.radix`: the package of Radix under its older name."""

from reflex.components.radix import themes

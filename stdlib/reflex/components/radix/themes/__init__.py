"""`reflex.components.radix.themes`: the themes' package under its older name."""

from reflex.components.radix.themes import base

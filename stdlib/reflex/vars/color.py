"""`reflex.vars.color`: colours are strings."""

from reflex.vars.sequence import LiteralStringVar as LiteralColorVar
from reflex.vars.sequence import StringVar as ColorVar

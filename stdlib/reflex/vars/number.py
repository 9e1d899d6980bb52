"""`reflex.vars.number`: Vars of numbers and truth values, for annotations."""

from reflex.vars import BooleanVar, NumberVar

"""`reflex.vars.sequence`: Vars of strings and lists, for annotations."""

from reflex.vars import ArrayVar, StringVar

"""`reflex.utils`: the few helpers that apps import."""

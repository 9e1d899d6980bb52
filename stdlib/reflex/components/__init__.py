"""`reflex.components`: where older code imports components from (`module_paths.py`)."""

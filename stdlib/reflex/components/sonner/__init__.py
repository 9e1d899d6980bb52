"""`reflex.components.sonner`: where older code imports toasts from."""

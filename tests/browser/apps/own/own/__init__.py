"""The package of the app."""

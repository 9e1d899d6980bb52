"""An app behind a proxy that forwards its prefix alone."""

"""An app with files of its own."""

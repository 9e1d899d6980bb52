"""A blog whose posts are Markdown files."""

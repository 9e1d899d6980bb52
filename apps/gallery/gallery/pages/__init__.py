"""One module a group of components; each declares its page."""

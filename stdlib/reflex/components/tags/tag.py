"""The module under which `Tag` is imported by its longer name."""

from reflex.components.tags import Tag

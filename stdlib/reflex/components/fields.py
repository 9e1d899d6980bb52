"""`field()`: a component's attribute with a default of its own for each instance.

Not here: which attributes of a class are props (`own.py`).
"""


class Field:
    """The default of an attribute that an instance was not given."""

    def __init__(self, default, default_factory, is_prop):
        self.default = default
        self.default_factory = default_factory
        self.is_prop = is_prop

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.default_factory is None:
            return self.default
        # Kept, so that what is changed in it stays changed.
        value = instance.__dict__[self.name] = self.default_factory()
        return value


def field(default=None, default_factory=None, is_javascript_property=None, doc=None):
    """Declares an attribute of a component class; `is_javascript_property=False` keeps it in
    Python."""
    return Field(default, default_factory, is_javascript_property)

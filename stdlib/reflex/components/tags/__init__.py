"""`Tag`: what a component class may change of its React component in `_render`.

Not here: how props are written into a page, which native code does.
"""


class Tag:
    """A React component's name and the props that it is given, under their Python names."""

    def __init__(self, name="", props=None, special_props=None, **more):
        self.name = name
        self.props = dict(props or {})
        self.special_props = list(special_props or ())

    def add_props(self, **props):
        """The tag with further props; None takes none."""
        given = {name: value for name, value in props.items() if value is not None}
        self.props.update((name.removesuffix("_"), value) for name, value in given.items())
        return self

    def remove_props(self, *names):
        """The tag without these props."""
        for name in names:
            self.props.pop(name, None)
        return self

    def set(self, **attributes):
        """The tag with other attributes of its own."""
        for name, value in attributes.items():
            setattr(self, name, value)
        return self


class CondTag(Tag):
    """For annotations."""


class IterTag(Tag):
    """For annotations."""


class MatchTag(Tag):
    """For annotations."""

"""The classes of the catalogue's components, for apps that derive from them or name them.

Made when they are first asked for. Not here: what deriving from them means (`own.py`).
"""

from _ferroflex_ui import Component


class CatalogueClass(type):
    """The class of such classes: what `rx.button(…)` makes is an instance of `rx.Button`."""

    def __instancecheck__(cls, instance):
        if super().__instancecheck__(instance):
            return True
        name = cls.__dict__.get("_catalogue_class")
        return name is not None and getattr(instance, "_catalogue_name", None) == name

    def __call__(cls, *args, **kwargs):
        """What older code calls rather than `create`."""
        return cls.create(*args, **kwargs)


def made(name):
    """The class of the component that the catalogue calls `name`."""
    if name not in _MADE:
        _MADE[name] = CatalogueClass(_class_name(name), (Component,), {"_catalogue_class": name})
    return _MADE[name]


# Every class made, by the catalogue's name.
_MADE = {}


def _class_name(name):
    # `text_field.root` is TextFieldRoot, `el.svg.circle` Circle.
    member = name.removeprefix("el.").removeprefix("svg.").removeprefix("recharts.")
    words = member.replace(".", "_").split("_")
    return "".join(word.capitalize() for word in words)

"""`reflex.utils.types`: types for annotations, and questions about annotations. Not here: what an
annotation asks of a value, which is native."""

from typing import Any, Union

GenericType = Any
ArgsSpec = Any
ASGIApp = Any
StateVar = StateIterVar = Any


class Unset:
    """The mark of an argument that was not given."""

    def __bool__(self):
        return False


def get_origin(annotation):
    """The class of a generic, without its parameters; None for any other."""
    return getattr(annotation, "__origin__", None)


def get_args(annotation):
    """The parameters of a generic."""
    return getattr(annotation, "__args__", ())


def is_union(annotation):
    """Whether an annotation allows several types."""
    return get_origin(annotation) is Union or type(annotation).__name__ in ("Union", "UnionType")


def is_optional(annotation):
    """Whether an annotation allows None."""
    return is_union(annotation) and type(None) in get_args(annotation)


def value_inside_optional(annotation):
    """An annotation without the None that it allows."""
    if not is_optional(annotation):
        return annotation
    others = [other for other in get_args(annotation) if other is not type(None)]
    return others[0] if len(others) == 1 else Union[tuple(others)]

"""Annotations read off functions and classes, with what is written as text evaluated.

What an annotation asks of an event's arguments is read natively (`arguments`); the fields of a
record, which only Python can tell without repeating its rules, are listed here. `inspect`, `typing`
and `dataclasses` are not imported: what is asked about has imported them.
"""

import sys


def annotations_of(thing):
    """The annotations of a function or class by name; `object` for a name that does not exist."""
    try:
        found = thing.__annotations__
    except AttributeError:
        # A native class.
        return {}
    except NameError:
        import annotationlib

        found = annotationlib.get_annotations(thing, format=annotationlib.Format.FORWARDREF)
    names = dict(getattr(thing, "__dict__", {}))
    return {name: evaluated(value, thing.__module__, names) for name, value in found.items()}


def evaluated(annotation, module, names=None):
    """An annotation written as text, in the module of that name; any other as it stands."""
    text = getattr(annotation, "__forward_arg__", annotation)
    if not isinstance(text, str):
        return annotation
    try:
        return eval(text, getattr(sys.modules.get(module), "__dict__", {}), names or {})
    except Exception:
        # What it names is not there at run time, such as an import for type checkers only.
        return object


def is_class_variable(annotation):
    """Whether an annotation is `ClassVar`, with or without a type."""
    typing = sys.modules.get("typing")
    if typing is None:
        return False
    return getattr(annotation, "__origin__", annotation) is typing.ClassVar


def fields_of(record):
    """The fields of a dataclass, an `rx.Base` or a `TypedDict`: name, annotation, whether it must
    be given, whether it can be."""
    if hasattr(record, "__ferroflex_model__"):
        fields = record.__fields__.items()
        return [(name, field.annotation, field.required, True) for name, field in fields]
    if hasattr(record, "__dataclass_fields__"):
        return _fields_of_dataclass(record)
    annotations = _inherited_annotations(record)
    return [
        (name, found, _is_required(record, name, found), True)
        for name, found in annotations.items()
    ]


def _is_required(record, name, annotation):
    # Where annotations are text, the class could not tell when it was made.
    form = getattr(getattr(annotation, "__origin__", None), "_name", None)
    return form != "NotRequired" and (form == "Required" or name in record.__required_keys__)


def _fields_of_dataclass(record):
    missing = sys.modules["dataclasses"].MISSING
    annotations = _inherited_annotations(record)
    fields = []
    for name, field in record.__dataclass_fields__.items():
        kind = field._field_type.name
        if kind == "_FIELD_CLASSVAR":
            continue
        annotation = annotations.get(name, object)
        if kind == "_FIELD_INITVAR":
            annotation = getattr(annotation, "type", object)
        has_default = field.default is not missing or field.default_factory is not missing
        fields.append((name, annotation, field.init and not has_default, field.init))
    return fields


def _inherited_annotations(record):
    """Those of the bases too. A `TypedDict` has only its own in its class, none in its bases."""
    found = {}
    for base in reversed(getattr(record, "__orig_bases__", ())):
        if hasattr(base, "__required_keys__"):
            found.update(_inherited_annotations(base))
    for base in reversed(record.__mro__[:-1]):
        found.update(annotations_of(base))
    return found

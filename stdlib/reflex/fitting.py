"""Values as annotations want them: the conversions that `rx.Base` makes of what it is given.

Not here: an event's arguments, which come from the browser and are converted natively.
"""

from reflex.annotations import evaluated

_TRUTHS = {
    "true": True, "t": True, "yes": True, "y": True, "on": True, "1": True,
    "false": False, "f": False, "no": False, "n": False, "off": False, "0": False,
}  # fmt: skip

# Classes whose values are read from their ISO form.
_WRITTEN = {"datetime", "date", "time"}
# Classes whose values are made of text, as it stands.
_MADE_OF_TEXT = {"Decimal", "UUID", "Path", "PosixPath"}

_LISTS = {"list": list, "set": set, "frozenset": frozenset, "Sequence": list, "Iterable": list}


class Misfit(ValueError):
    """A value that cannot be made into what is wanted."""


def fitted(value, annotation, module):
    """The value itself where it is of the type that the annotation names, or what can be made of
    it; a `Misfit` says why nothing can. Names written as text are those of the module."""
    annotation = evaluated(annotation, module)
    if annotation is None or annotation is object:
        return value
    origin = getattr(annotation, "__origin__", None)
    arguments = getattr(annotation, "__args__", ())
    name = _name_of(annotation if origin is None else origin)
    if name in ("Union", "UnionType", "Optional") or type(annotation).__name__ == "Union":
        return _one_of(value, arguments, module)
    if name == "Literal":
        return _constant(value, arguments)
    if name in ("Annotated", "Field", "Final"):
        return fitted(value, arguments[0] if name != "Annotated" else origin, module)
    if name in _LISTS and origin is not None:
        return _elements(value, _LISTS[name], arguments, module)
    if name in ("dict", "Mapping") and origin is not None:
        return _entries(value, arguments, module)
    if name == "tuple" and origin is not None:
        return _tuple(value, arguments, module)
    return _instance(value, annotation if origin is None else origin)


def _name_of(annotation):
    return getattr(annotation, "_name", None) or getattr(annotation, "__name__", "")


def _one_of(value, alternatives, module):
    for alternative in alternatives:
        if value is None if alternative in (None, type(None)) else type(value) is alternative:
            return value
    for alternative in alternatives:
        if alternative in (None, type(None)):
            continue
        try:
            return fitted(value, alternative, module)
        except Misfit:
            continue
    names = " or ".join(_name_of(alternative) for alternative in alternatives)
    raise Misfit(f"{value!r} is not {names}")


def _constant(value, constants):
    if value not in constants:
        raise Misfit(f"{value!r} is not one of {', '.join(map(repr, constants))}")
    return value


def _elements(value, make, arguments, module):
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise Misfit(f"{value!r} is not a {make.__name__}")
    if not arguments:
        return value if isinstance(value, make) else make(value)
    elements = [fitted(element, arguments[0], module) for element in value]
    return elements if make is list else make(elements)


def _entries(value, arguments, module):
    if not isinstance(value, dict):
        raise Misfit(f"{value!r} is not a dict")
    if not arguments:
        return value
    key_type, value_type = arguments
    return {
        fitted(key, key_type, module): fitted(entry, value_type, module)
        for key, entry in value.items()
    }


def _tuple(value, arguments, module):
    if not isinstance(value, (list, tuple)):
        raise Misfit(f"{value!r} is not a tuple")
    if len(arguments) == 2 and arguments[1] is ...:
        return tuple(fitted(element, arguments[0], module) for element in value)
    if arguments and len(arguments) != len(value):
        raise Misfit(f"{len(value)} elements are given where {len(arguments)} are wanted")
    if not arguments:
        return tuple(value)
    return tuple(fitted(*pair, module) for pair in zip(value, arguments, strict=True))


def _instance(value, wanted):
    if not isinstance(wanted, type) or wanted.__name__ == "Any":
        return value
    convert = _SCALARS.get(wanted)
    if convert is not None:
        return value if type(value) is wanted else convert(value)
    if isinstance(value, wanted):
        return value
    try:
        return _made(value, wanted)
    except Misfit:
        raise
    except Exception:
        raise Misfit(f"{value!r} is not a {wanted.__name__}") from None


def _made(value, wanted):
    """An object of the class, made of what stands for it."""
    if hasattr(wanted, "__ferroflex_model__") and isinstance(value, dict):
        return wanted(**value)
    if any(base.__name__ == "Enum" for base in wanted.__mro__):
        return wanted(value)
    if wanted.__name__ in _WRITTEN and isinstance(value, str):
        return wanted.fromisoformat(value)
    if wanted.__name__ in _MADE_OF_TEXT and isinstance(value, (str, int, float)):
        return wanted(value if isinstance(value, int) else str(value))
    if wanted in (list, set, tuple, frozenset) and isinstance(value, (list, tuple, set, frozenset)):
        return wanted(value)
    raise Misfit(f"{value!r} is not a {wanted.__name__}")


def _text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bytes):
        return value.decode()
    raise Misfit(f"{value!r} is not a str")


def _number(make):
    def convert(value):
        if isinstance(value, (str, int, float)) or hasattr(value, f"__{make.__name__}__"):
            try:
                return make(value)
            except (ValueError, OverflowError):
                pass
        raise Misfit(f"{value!r} is not {'an int' if make is int else 'a float'}")

    return convert


def _truth(value):
    if isinstance(value, str) and value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    if value in (0, 1):
        return bool(value)
    raise Misfit(f"{value!r} is not a bool")


_SCALARS = {str: _text, int: _number(int), float: _number(float), bool: _truth}

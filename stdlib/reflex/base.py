"""`rx.Base`: objects with typed fields, which Reflex had before 0.9 and many apps still use.

Fields are declared by annotations, given by keyword and converted as the first pydantic did it.
Not here: what the conversions are (`fitting.py`), validators, and what of an object reaches the
browser, which the host knows.
"""

from reflex.annotations import annotations_of, is_class_variable
from reflex.fitting import Misfit, fitted

_REQUIRED = object()
_Function = type(lambda: None)


class ValidationError(ValueError):
    """The values given for an object's fields do not fit."""


class ModelField:
    """A field as its class declares it."""

    __slots__ = ("owner", "name", "default", "default_factory", "_annotation")

    def __init__(self, owner, name, declared):
        self.owner = owner
        self.name = name
        self._annotation = None
        # `rx.field(…)`, and pydantic's `Field(…)`, are told by what they carry.
        self.default_factory = getattr(declared, "default_factory", None)
        if self.default_factory is None:
            self.default_factory = getattr(declared, "factory", None)
        default = getattr(declared, "default", declared) if _has_default(declared) else declared
        self.default = _REQUIRED if _stands_for_nothing(default) else default

    @property
    def annotation(self):
        """What the field is annotated with; read when first needed, since it may name classes that
        are defined later."""
        if self._annotation is None:
            found = annotations_of(self.owner).get(self.name)
            self._annotation = object if found is None and self.required else found
            if self._annotation is None:
                self._annotation = type(self.default)
        return self._annotation

    type_ = outer_type_ = annotation

    @property
    def required(self):
        """Whether it must be given."""
        return self.default is _REQUIRED and self.default_factory is None

    def get_default(self):
        """A value for an object that was given none."""
        if self.default_factory is not None:
            return self.default_factory()
        return _copied(self.default)


class Base:
    """An object whose fields are annotated in its class."""

    __fields__ = {}
    __ferroflex_model__ = True

    def __init_subclass__(cls, **options):
        super().__init_subclass__()
        cls.__fields__ = {**cls.__fields__, **_declared(cls)}

    def __init__(self, **values):
        problems = []
        for name, field in self.__fields__.items():
            try:
                self.__dict__[name] = _value_of(field, values)
            except Misfit as problem:
                problems.append(f"{name}: {problem}")
        if problems:
            raise ValidationError(f"{type(self).__name__}: {'; '.join(problems)}")
        self.__dict__.update(values)

    @classmethod
    def get_fields(cls):
        """The fields by name."""
        return cls.__fields__

    @classmethod
    def parse_obj(cls, values):
        """An object with the fields that a dictionary holds."""
        return cls(**values)

    model_validate = parse_obj

    @classmethod
    def construct(cls, **values):
        """An object of values that are taken as they are."""
        made = cls.__new__(cls)
        for name, field in cls.__fields__.items():
            if name not in values and not field.required:
                made.__dict__[name] = field.get_default()
        made.__dict__.update(values)
        return made

    model_construct = construct

    def dict(self, *, include=None, exclude=None, exclude_none=False, **options):
        """The fields as a dictionary, objects in them too."""
        return {
            name: _plain(value)
            for name, value in self.__dict__.items()
            if (include is None or name in include)
            and (exclude is None or name not in exclude)
            and not (exclude_none and value is None)
        }

    model_dump = dict

    def json(self, **options):
        """The fields as JSON, written as the browser would get them."""
        import json

        from reflex.utils.serializers import serialize

        indent = options.pop("indent", None)
        return json.dumps(self.dict(**options), default=serialize, indent=indent)

    model_dump_json = json

    def copy(self, *, update=None, deep=False, **options):
        """A copy, with other values for some of the fields."""
        import copy

        made = type(self).__new__(type(self))
        made.__dict__.update(copy.deepcopy(self.__dict__) if deep else self.__dict__)
        made.__dict__.update(update or {})
        return made

    model_copy = copy

    def set(self, **values):
        """Sets several fields; gives the object itself."""
        for name, value in values.items():
            setattr(self, name, value)
        return self

    def get_value(self, name):
        """The field of that name, an object as a dictionary."""
        return _plain(getattr(self, name))

    def __eq__(self, other):
        if isinstance(other, Base):
            return type(self) is type(other) and self.__dict__ == other.__dict__
        return self.dict() == other

    __hash__ = None

    def __iter__(self):
        return iter(self.__dict__.items())

    def __repr__(self):
        fields = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({fields})"

    def __str__(self):
        return " ".join(f"{name}={value!r}" for name, value in self.__dict__.items())


def _declared(cls):
    """The fields of a class's own body. Their defaults leave the class: objects have the values."""
    annotations = annotations_of(cls)
    names = [name for name, annotation in annotations.items() if not is_class_variable(annotation)]
    names += [
        name
        for name, value in cls.__dict__.items()
        if name not in annotations and _is_plain_value(value)
    ]
    fields = {}
    for name in names:
        if name.startswith("_"):
            continue
        fields[name] = ModelField(cls, name, cls.__dict__.get(name, _REQUIRED))
        if name in cls.__dict__:
            delattr(cls, name)
    return fields


def _is_plain_value(value):
    return not callable(value) and not hasattr(type(value), "__get__")


def _has_default(declared):
    return not isinstance(declared, type) and (
        hasattr(declared, "default_factory") or hasattr(declared, "factory")
    )


def _stands_for_nothing(default):
    # `...`, and the marks of `rx.field` and of pydantic for a default that was not given.
    from reflex.state import NO_DEFAULT

    return (
        default is _REQUIRED
        or default is ...
        or default is NO_DEFAULT
        or type(default).__name__ in ("UndefinedType", "PydanticUndefinedType")
    )


def _value_of(field, values):
    """The value of a field, taken out of what was given."""
    if field.name not in values:
        if field.required:
            raise Misfit("is missing")
        return field.get_default()
    value = values.pop(field.name)
    if value is None and field.default is None:
        return None
    return fitted(value, field.annotation, field.owner.__module__)


def _copied(value):
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    import copy

    return copy.deepcopy(value)


def _plain(value):
    if isinstance(value, Base):
        return value.dict()
    if isinstance(value, dict):
        return {key: _plain(element) for key, element in value.items()}
    if isinstance(value, (list, tuple, set)):
        elements = [_plain(element) for element in value]
        return elements if isinstance(value, list) else type(value)(elements)
    return value

"""Checks of the order in which a class's bases are searched, and of what makes classes."""

import abc
import collections.abc
import dataclasses
import enum
import random
import types
import typing
import weakref


def refused(exception, function, *args):
    """The text of the exception that calling the function raises."""
    try:
        function(*args)
    except exception as raised:
        return str(raised)
    raise AssertionError(f"no {exception.__name__}")


class Base:
    def who(self):
        return ["Base"]


class Other:
    pass


class Derived(Base):
    def who(self):
        return ["Derived", *super().who()]


RIGHT = [Derived, Other, Base, object]


def check_order_however_a_class_is_made():
    class Stated(Derived, Other, Base):
        pass

    class Abstract(Derived, Other, Base, abc.ABC):
        pass

    class Meta(type):
        def __new__(cls, name, bases, namespace, **keywords):
            return super().__new__(cls, name, bases, namespace)

    class OfMeta(Derived, Other, Base, metaclass=Meta, keyword=1):
        pass

    called = type("Called", (Derived, Other, Base), {})
    made = types.new_class("Made", (Derived, Other, Base))
    created = type.__new__(type, "Created", (Derived, Other, Base), {})
    for one in (Stated, called, made, created, OfMeta):
        assert list(one.__mro__) == [one, *RIGHT], one.__mro__
        assert one.mro() == [one, *RIGHT]
    assert [type(one) for one in (Stated, called, made, created)] == [type] * 4
    assert type(OfMeta) is Meta
    assert Abstract.__mro__[1:5] == (Derived, Other, Base, abc.ABC), Abstract.__mro__


def check_order_of_any_hierarchy():
    generator = random.Random(1)
    for _ in range(100):
        classes = []
        for number in range(12):
            bases = tuple(generator.sample(classes, min(len(classes), generator.randrange(5))))
            expected = merge([list(base.__mro__) for base in bases] + [list(bases)])
            if expected is None:
                refused(TypeError, type, "Refused", bases, {})
                continue
            made = type(f"C{number}", bases, {})
            expected = expected or [object]
            assert list(made.__mro__) == [made, *expected], (made.__mro__, expected)
            classes.append(made)


def merge(lists):
    """The C3 merge as the definition has it, or None."""
    merged = []
    while lists := [rest for rest in lists if rest]:
        free = [rest[0] for rest in lists if not any(rest[0] in other[1:] for other in lists)]
        if not free:
            return None
        merged.append(free[0])
        lists = [rest[1:] if rest[0] is free[0] else rest for rest in lists]
    return merged


def check_order_decides_what_is_called():
    seen = []

    class Registering(Base):
        def __init_subclass__(cls, /, tag=None, **keywords):
            super().__init_subclass__(**keywords)
            seen.append((tag, type(cls), cls.__mro__[1:-1]))

    class Named:
        def __set_name__(self, owner, name):
            seen.append((name, type(owner), owner.__mro__[1:-1]))

    class Second(Other):
        def who(self):
            return ["Second", *super().who()]

    class First(Registering, tag="first"):
        pass

    class Probe(First, Second, Registering, tag="probe"):
        named = Named()

        def who(self):
            assert __class__ is Probe
            return ["Probe", *super().who()]

    bases = (First, Second, Registering, Base, Other)
    assert seen[1:] == [("named", type, bases), ("probe", type, bases)], seen
    assert Probe().who() == ["Probe", "Second", "Base"]


def check_order_with_typing_and_dataclasses():
    T = typing.TypeVar("T")

    class Mixed(Derived, typing.Generic[T], Other, Base):
        pass

    order = [Mixed, Derived, Other, Base, typing.Generic, object]
    assert sorted(map(str, Mixed.__mro__)) == sorted(map(str, order))
    assert Mixed.__mro__.index(Other) < Mixed.__mro__.index(Base)
    assert Mixed[int].__origin__ is Mixed and Mixed.__parameters__ == (T,)

    class Speaks(typing.Protocol):
        def speak(self): ...

    @dataclasses.dataclass(slots=True)
    class Data(Derived, Other, Base, Speaks):
        size: int = 1

        def speak(self):
            return self.size

    assert Data(2) == Data(2) and Data(3).speak() == 3 and Data.__slots__ == ("size",)
    assert Data.__mro__.index(Other) < Data.__mro__.index(Base)

    class Pair(typing.NamedTuple, typing.Generic[T]):
        one: T
        two: int = 2

    assert Pair(1) == (1, 2) and Pair[int](3).one == 3
    Record = typing.TypedDict("Record", {"a": int})
    assert Record(a=1) == {"a": 1}


def check_order_with_enum_and_abc():
    class Level(Derived, Other, Base, enum.Enum):
        LOW = 1

    assert Level.LOW.who() == ["Derived", "Base"] and Level(1) is Level.LOW
    assert Level.__mro__[1:5] == (Derived, Other, Base, enum.Enum)

    class Text(str, enum.Enum):
        ONE = "one"

    assert Text.ONE == "one"

    class Bag(Derived, collections.abc.MutableSequence, Other, Base):
        pass

    assert "abstract" in refused(TypeError, Bag)
    assert Bag.__mro__.index(Other) < Bag.__mro__.index(Base)


def check_order_refuses_what_has_none():
    text = refused(TypeError, type, "X", (Other, Base, Derived), {})
    assert text.startswith("Cannot create a consistent method resolution order (MRO)"), text

    class Reversed(Other, Base):
        pass

    text = refused(TypeError, type, "X", (Derived, Base, Other, Reversed), {})
    assert text.startswith("Cannot create a consistent method resolution order (MRO)"), text
    assert "duplicate base class" in refused(TypeError, type, "X", (Base, Other, Base), {})

    class Meta(type):
        pass

    class MetaOther(type):
        pass

    class One(metaclass=Meta):
        pass

    class Two(metaclass=MetaOther):
        pass

    assert "metaclass conflict" in refused(TypeError, type, "X", (One, Two, Base), {})


def check_order_leaves_an_ordinary_class():
    class Probe(Derived, Other, Base):
        __slots__ = ()

    class Meta(type):
        pass

    class Further(Probe, metaclass=Meta):
        pass

    assert type(Further) is Meta and isinstance(Further(), Other)
    assert isinstance(Probe, type) and Probe in Base.__subclasses__()
    assert weakref.ref(Probe)() is Probe
    Probe.attribute = 1
    assert Probe().attribute == 1 and Probe.__dict__["attribute"] == 1
    assert repr(Probe).endswith("Probe'>")


def check_shadowed_slot():
    for name in ("__weakref__", "__dict__"):
        made = type("Made", (), {"__slots__": (name,), name: None})
        assert getattr(made(), name) is None

    class Stated:
        __slots__ = ("own", "__weakref__")
        __weakref__ = "value"

    one = Stated()
    one.own = 1
    assert weakref.ref(one)() is one and one.__weakref__ == "value"
    made = abc.ABCMeta("Made", (), {"__slots__": "__weakref__", "__weakref__": None})
    assert weakref.ref(made()) is not None
    assert "conflicts" in refused(ValueError, type, "X", (), {"__slots__": ("a",), "a": 1})

"""Checks of native types that the host mends."""

import collections.abc
import threading

from mends_of_classes import refused


class Bag(collections.abc.Set):
    """A set that is no `set`."""

    def __init__(self, items=()):
        self.items = list(items)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


class Subclass(set):
    pass


def changed(one, operator, other):
    names = {"one": one, "other": other}
    exec(f"one {operator} other", names)
    return names["one"]


EXPECTED = (("|=", {1, 2, 3}), ("&=", {2}), ("-=", {1}), ("^=", {1, 3}))


def check_set_operators_with_other_sets():
    for kind in (set, Subclass):
        for operator, expected in EXPECTED:
            for other in (Bag([2, 3]), {2: 0, 3: 0}.keys()):
                found = changed(kind({1, 2}), operator, other)
                assert set(found) == expected, (kind, operator, other, found)


def check_set_operators_with_sets():
    for kind in (set, Subclass):
        for operator, expected in EXPECTED:
            for other in ({2, 3}, frozenset({2, 3}), Subclass({2, 3})):
                one = kind({1, 2})
                assert changed(one, operator, other) is one, "made another set"
                assert one == expected
    one = {1, 2}
    assert changed(one, "^=", one) == set()
    assert "unsupported operand" in refused(TypeError, changed, {1}, "|=", [1])
    assert set.__ior__({1}, Bag()) is NotImplemented
    assert set.__ior__({1}, {2}) == {1, 2}


def check_local_delete():
    class Local(threading.local):
        def __init__(self):
            self.given = 1

    for kind in (threading.local, Local):
        local = kind()
        assert "has no attribute 'missing'" in refused(AttributeError, delattr, local, "missing")
        assert "'missing'" in refused(AttributeError, local.__delattr__, "missing")
        local.there = 1
        del local.there
        assert not hasattr(local, "there")
    seen = []
    thread = threading.Thread(target=lambda: seen.append(local.given))
    local.given = 2
    thread.start()
    thread.join()
    assert seen == [1] and local.given == 2


def check_local_properties():
    class Doubled(threading.local):
        @property
        def value(self):
            return self.kept

        @value.setter
        def value(self, value):
            self.kept = 2 * value

        @value.deleter
        def value(self):
            del self.kept

    one = Doubled()
    one.value = 2
    assert one.value == 4 and one.__dict__ == {"kept": 4}
    del one.value
    assert one.__dict__ == {}
    refused(AttributeError, setattr, one, "__dict__", {})

"""`hybrid_property`: a property of a state that a page can show, without a field of its own.

On an instance it is a property. On the class it is a Var: what the getter gives for the Vars of the
class, or what the function given to `.var` gives. Not here: computed vars, which are sent.
"""


class HybridProperty(property):
    """A property whose name stands for a Var on the state class."""

    _var = None

    def __get__(self, instance, owner=None):
        if instance is not None or not _is_state(owner):
            return super().__get__(instance, owner)
        function = self._var or self.fget
        if function is None:
            raise AttributeError("a hybrid_property without a getter has no value")
        return function(owner)

    def getter(self, function):
        """The same with another getter."""
        return self._with_var(super().getter(function), self._var)

    def setter(self, function):
        """The same with another setter."""
        return self._with_var(super().setter(function), self._var)

    def deleter(self, function):
        """The same with another deleter."""
        return self._with_var(super().deleter(function), self._var)

    def var(self, function):
        """The same with a function that gives the Var for the class."""
        copy = type(self)(self.fget, self.fset, self.fdel, self.__doc__)
        return self._with_var(copy, getattr(function, "__func__", function))

    @staticmethod
    def _with_var(copy, function):
        copy._var = function
        return copy


def _is_state(owner):
    from reflex.state import State

    return isinstance(owner, type) and issubclass(owner, State)


hybrid_property = HybridProperty

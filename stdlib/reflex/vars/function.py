"""`reflex.vars.function`: Vars of JavaScript functions, called in the browser.

Not here: event handlers, which run on the server.
"""

from _ferroflex_ui import Var
from reflex.vars.base import _typed


class ReflexCallable:
    """For annotations of function Vars: `ReflexCallable[[int], str]`."""

    def __class_getitem__(cls, parameters):
        import types

        return types.GenericAlias(cls, parameters)


class FunctionVar(Var):
    """A function of the browser's."""

    def call(self, *args):
        """The Var of what the function gives for these."""
        given = ", ".join(str(Var.create(arg)) for arg in args)
        returned = (getattr(self._var_type, "__args__", None) or [None])[-1]
        return _typed(f"{self}({given})", returned, None)

    __call__ = call

    def partial(self, *args):
        """The function with its first arguments given."""
        if not args:
            return self
        given = "".join(f"{Var.create(arg)}, " for arg in args)
        return FunctionVar(f"((...args) => {self}({given}...args))", self._var_type)


class BuilderFunctionVar(FunctionVar):
    """A function that a call gives arguments to, without calling it in the browser."""

    __call__ = FunctionVar.partial


class FunctionStringVar(FunctionVar):
    """A function that JavaScript names or writes."""

    @staticmethod
    def create(func, _var_type=ReflexCallable, _var_data=None):
        """The function of a JavaScript expression."""
        return FunctionStringVar(func, _var_type, _var_data)


class DestructuredArg:
    """An argument of which only fields are wanted."""

    def __init__(self, fields=(), rest=None):
        self.fields, self.rest = tuple(fields), rest

    def to_javascript(self):
        """The argument as JavaScript writes it."""
        rest = [f"...{self.rest}"] if self.rest else []
        return "{" + ", ".join([*self.fields, *rest]) + "}"


class ArgsFunctionOperation(FunctionVar):
    """A function of named arguments that gives an expression."""

    @classmethod
    def create(
        cls,
        args_names,
        return_expr,
        rest=None,
        explicit_return=False,
        _var_type=ReflexCallable,
        _var_data=None,
    ):
        """The function; `explicit_return` when the expression is a body with its own return."""
        names = [name if isinstance(name, str) else name.to_javascript() for name in args_names]
        names += [f"...{rest}"] if rest else []
        body = Var.create(return_expr)
        written = "{" + body._js_expr + "}" if explicit_return else str(body)
        return cls(f"(({', '.join(names)}) => {written})", _var_type, _var_data)


class ArgsFunctionOperationBuilder(ArgsFunctionOperation, BuilderFunctionVar):
    """As `ArgsFunctionOperation`, where a call gives arguments without calling."""

    __call__ = FunctionVar.partial


class VarOperationCall:
    """A call of a function."""

    @staticmethod
    def create(func, *args, _var_type=None, _var_data=None):
        """The Var of what the function gives."""
        called = FunctionVar.call(func, *args)
        return called._replace(_var_type=_var_type) if _var_type else called


JSON_STRINGIFY = FunctionStringVar.create("JSON.stringify", ReflexCallable[[object], str])
ENCODE_URI_COMPONENT = FunctionStringVar.create("encodeURIComponent", ReflexCallable[[str], str])
ARRAY_ISARRAY = FunctionStringVar.create("Array.isArray", ReflexCallable[[object], bool])
PROTOTYPE_TO_STRING = FunctionStringVar.create(
    "((value) => value ? value.toString() : '')", ReflexCallable[[object], str]
)

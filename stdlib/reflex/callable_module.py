"""Modules that can be called: `rx.page` and `rx.event` are decorators and hold names too.

Not here: what calling them does; each such module defines a function of its own name.
"""

import sys


class CallableModule(type(sys)):
    """A module whose call goes to the function that bears its name."""

    def __call__(self, *args, **kwargs):
        return self.__dict__["_call"](*args, **kwargs)


def make_callable(module_name, function):
    """Lets the module `module_name` be called like `function`."""
    module = sys.modules[module_name]
    replacement = CallableModule(module_name, module.__doc__)
    replacement.__dict__.update(module.__dict__)
    replacement.__dict__["_call"] = function
    sys.modules[module_name] = replacement

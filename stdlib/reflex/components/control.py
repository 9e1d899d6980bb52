"""The classes behind `rx.foreach`, `rx.cond` and `rx.match`, for code that calls their `create`.

Not here: what these do, which native code knows.
"""

from _ferroflex_ui import Component, cond, foreach, match_


class Foreach(Component):
    """What `rx.foreach` makes."""

    create = staticmethod(foreach)


class Cond(Component):
    """What `rx.cond` makes of components."""

    create = staticmethod(cond)


class Match(Component):
    """What `rx.match` makes of components."""

    create = staticmethod(match_)

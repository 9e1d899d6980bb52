"""The arguments of routes as fields of `rx.State`: `/post/[id]` gives every state an `id`.

Called by the host for every route, before a page's function runs. Not here: what a route's
arguments are and which values they have, which the host knows.
"""

import _ferroflex_state
import _ferroflex_ui
from reflex.state import State

# The names that fields were made for.
_DECLARED = set()


def declare(route):
    """Gives `rx.State` a field for each argument of the route that it does not have yet."""
    for name, is_list in _ferroflex_ui.route_arguments(route):
        if name not in _DECLARED and hasattr(State, name):
            raise ValueError(
                f"the argument {name} of the route {route} has the name of something that every "
                "state has; give it another"
            )
        _ferroflex_state.define_route_argument(name, is_list)
        _DECLARED.add(name)
        annotation = list[str] if is_list else str
        var = _ferroflex_ui.field_var(State.get_full_name(), name, annotation, State)
        setattr(State, name, var)

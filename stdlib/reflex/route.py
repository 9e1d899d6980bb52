"""Routes: `/posts/[id]`. Not here: which page a route leads to, which the server knows."""

from reflex.constants import RouteArgType


def get_route_args(route):
    """The names in a route's brackets, each with its kind: one part of the path, or all the
    rest."""
    names = {}
    for part in route.strip("/").split("/"):
        if not (part.startswith("[") and part.endswith("]")):
            continue
        name = part.strip("[]")
        several = name.startswith("...")
        kind = RouteArgType.LIST if several else RouteArgType.SINGLE
        names[name.removeprefix("...")] = kind
    return names

"""`@rx.page`: pages declared where their function stands.

Not here: pages added by `app.add_page` (`app.py`), and running the functions, which the host does.
"""

from reflex.callable_module import make_callable

# The page functions in the order of their definition, each with its options.
DECORATED_PAGES = []


def page(
    route=None,
    title=None,
    image=None,
    description=None,
    meta=None,
    script_tags=None,
    on_load=None,
):
    """Registers the decorated function as a page.

    The route is the function's name when none is given: `index` is `/`, `about_us` `/about-us`.
    """
    options = {
        "route": route,
        "title": title,
        "image": image,
        "description": description,
        "meta": meta,
        "script_tags": script_tags,
        "on_load": on_load,
    }

    def decorator(function):
        DECORATED_PAGES.append((function, options))
        return function

    return decorator


def get_decorated_pages(omit_implicit_routes=True):
    """The options of the decorated pages; without those whose route was not given, if so asked."""
    given = [options for _, options in DECORATED_PAGES]
    if omit_implicit_routes:
        given = [options for options in given if options["route"] is not None]
    return sorted(given, key=lambda options: options["route"] or "")


make_callable(__name__, page)

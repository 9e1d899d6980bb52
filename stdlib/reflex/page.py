"""`@rx.page`: pages declared where their function stands.

Not here: pages added by `app.add_page` (`app.py`), and running the functions, which the host does.
"""

import sys

from reflex.callable_module import make_callable

# The page functions in the order of their definition, each with its options, by the app's name.
DECORATED_PAGES = {}


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
        "route": route or None,
        "title": title,
        "image": image,
        "description": description,
        "meta": meta,
        "script_tags": script_tags,
        "on_load": on_load,
        "context": None,
    }

    def decorator(function):
        DECORATED_PAGES.setdefault(_app_name(), []).append((function, options))
        return function

    return decorator


def get_decorated_pages(omit_implicit_routes=True):
    """The options of the decorated pages; without those whose route was not given, if so asked."""
    given = [options for _, options in all_decorated()]
    if omit_implicit_routes:
        given = [options for options in given if options["route"] is not None]
    return sorted(given, key=lambda options: options["route"] or "")


def all_decorated():
    """The page functions of all names of the app, each with its options."""
    return [declared for pages in DECORATED_PAGES.values() for declared in pages]


def _app_name():
    # What `rxconfig.py` says, if there is one.
    module = sys.modules.get("reflex.config")
    return module.get_config().app_name if module else ""


make_callable(__name__, page)

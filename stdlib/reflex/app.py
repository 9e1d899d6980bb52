"""`rx.App` and what an app's module declares with it: pages, theme, style, head.

Declares only. The host reads `declared()` after it has imported the app's module, and runs the
page functions itself.
"""

import sys

import _ferroflex_ui as _ui
from reflex import ignored, running, site

# What gives a page's component; for annotations.
ComponentCallable = object

# The instances of App in the order of their making.
_APPS = []

# The theme of an app that gives none.
_THEME = {"accent_color": "blue"}

# What an app has as `toaster` that says nothing of it: the shell shows messages its own way.
_SHELLS_TOASTER = object()


def theme(*children, **props):
    """The app's theme, for `App(theme=…)`; with children, a theme for what stands in it."""
    if children:
        return _ui.component("theme")(*children, **props)
    return {name: value for name, value in props.items() if value is not None}


class App:
    """An app: its pages and what they have in common."""

    def __init__(
        self,
        theme=None,
        style=None,
        stylesheets=None,
        head_components=None,
        html_lang=None,
        html_custom_attrs=None,
        reset_style=True,
        overlay_component=None,
        backend_exception_handler=None,
        api_transformer=None,
        middleware=None,
        toaster=_SHELLS_TOASTER,
        app_wraps=None,
        extra_app_wraps=None,
        frontend_exception_handler=None,
        **options,
    ):
        ignored.warn_of_options(options)
        self.theme = theme
        self.style = dict(style or {})
        self.stylesheets = list(stylesheets or [])
        self.head_components = list(head_components or [])
        self.html_lang = html_lang
        self.html_custom_attrs = dict(html_custom_attrs or {})
        self.reset_style = reset_style
        self.overlay_component = overlay_component
        self.backend_exception_handler = backend_exception_handler
        self.api_transformer = api_transformer
        self.toaster = toaster
        self.app_wraps = dict(app_wraps or {})
        self.extra_app_wraps = dict(extra_app_wraps or {})
        self.frontend_exception_handler = frontend_exception_handler
        self.options = options
        self._own_api = None
        self._lifespan_tasks = {}
        self._middlewares = list(middleware or [])
        self._pages = []
        self._tells_routes = False
        _APPS.append(self)

    def add_page(
        self,
        component=None,
        route=None,
        title=None,
        description=None,
        image=None,
        on_load=None,
        meta=None,
        script_tags=None,
        context=None,
    ):
        """Adds a page: a component or the function that returns one.

        The route is the function's name when none is given: `index` is `/`, `about_us`
        `/about-us`. Of `context`, only `{"sitemap": {…}}` means something: how the page stands
        in the sitemap.
        """
        if component is None:
            if route is None or _route(component, route) != "/404":
                raise ValueError("app.add_page needs a component, or a function that returns one")
            return
        options = {
            "route": route,
            "title": title,
            "description": description,
            "image": image,
            "on_load": on_load,
            "meta": meta,
            "script_tags": script_tags,
            "context": context,
        }
        self._pages.append(_declaration(component, options))

    def add_custom_404_page(self, component=None, **options):
        """Adds the page for addresses that no page has; the host's own stands there without it."""
        self.add_page(component, route="404", **options)

    def compile(self, *args, **options):
        """Nothing: there is no build of an app. Called by apps that were written for one."""

    _compile = compile

    def modify_state(self, token):
        """The state of the session with that token, for `async with`: changes reach its page at
        the end of the block. The token is `self.router.session.client_token`, also in the forms
        that Reflex makes of it."""
        return running.Reached(_client_token(token))

    def register_lifespan_task(self, task=None, **kwargs):
        """Takes what is to live as long as the server: a function, which is called when it starts;
        a coroutine function, which runs until it stops; one that returns an async context manager,
        which is entered and left. With a parameter `app`, it is given the app. Also a decorator."""
        if task is None:
            return lambda task: self.register_lifespan_task(task, **kwargs)
        from functools import partial, update_wrapper
        from inspect import isasyncgenfunction, isgeneratorfunction

        if isgeneratorfunction(task) or isasyncgenfunction(task):
            raise TypeError(
                f"{task.__name__} yields: put @contextlib.asynccontextmanager before it"
            )
        registered = update_wrapper(partial(task, **kwargs), task) if kwargs else task
        self._lifespan_tasks[registered] = None
        return task

    def get_lifespan_tasks(self):
        """What is to live as long as the server, in order."""
        return tuple(self._lifespan_tasks)

    @property
    def lifespan_tasks(self):
        """The same as a set, as former versions have it."""
        return frozenset(self._lifespan_tasks)

    def add_middleware(self, middleware, index=None):
        """Takes what is to stand before and after every event's handler (`rx.Middleware`)."""
        place = len(self._middlewares) if index is None else index
        self._middlewares.insert(place, middleware)

    def add_all_routes_endpoint(self):
        """Has `/_all_routes` tell the routes of the app's pages as JSON."""
        self._tells_routes = True

    @property
    def api(self):
        """The app's own HTTP endpoints: `@app.api.get("/items/{id}")` and its kin."""
        if self._own_api is None:
            from reflex.api import Api

            self._own_api = Api()
        return self._own_api

    _api = api


def _client_token(token):
    # Reflex writes `<token>_<full name of a state>`, and has an object with both parts.
    return getattr(token, "ident", None) or str(token).split("_reflex___", 1)[0]


def declared():
    """What the app's module declared, as the host reads it."""
    options = {
        "theme": None,
        "style": {},
        "stylesheets": [],
        "head_components": [],
        "html_attributes": {"lang": "en"},
        "reset_style": True,
        "overlay_components": [],
        "app_wraps": [],
        "has_toaster": True,
        "backend_exception_handler": None,
        "middleware": None,
        "served": None,
        "pages": [],
    }
    tells_routes = False
    for app in _APPS:
        options["theme"] = app.theme if app.theme is not None else options["theme"]
        options["style"].update(app.style)
        options["stylesheets"] += app.stylesheets
        options["head_components"] += app.head_components
        options["html_attributes"].update(_html_attributes(app))
        options["reset_style"] = app.reset_style and options["reset_style"]
        options["overlay_components"] += _overlays(app)
        options["app_wraps"] += _wraps(app)
        options["has_toaster"] = app.toaster is not None and options["has_toaster"]
        if app.backend_exception_handler is not None:
            options["backend_exception_handler"] = app.backend_exception_handler
        if app._middlewares:
            from reflex.middleware import Around

            options["middleware"] = Around(app, app._middlewares)
        options["served"] = _served(app) or options["served"]
        options["pages"] += app._pages
        tells_routes = tells_routes or app._tells_routes
    if options["theme"] is None:
        options["theme"] = _theme_of_plugins() or _THEME
    options["default_color_mode"] = getattr(site.configuration(), "default_color_mode", "system")
    for function, page in _decorated_pages():
        options["pages"].append(_declaration(function, page))
    options["pages"] = _merged(options["pages"])
    options["site"] = site.declared(options["pages"], tells_routes)
    return options


def _overlays(app):
    """What stands beside the content of every page."""
    given = [app.overlay_component]
    if app.toaster is not _SHELLS_TOASTER:
        given.append(app.toaster)
    if app.frontend_exception_handler is not None:
        from reflex.frontend_errors import told

        given.append(told(app.frontend_exception_handler))
    return [component for component in given if component is not None]


def _wraps(app):
    """What stands around every page, the outermost first: Reflex gives each a number."""
    wraps = {**app.app_wraps, **app.extra_app_wraps}
    in_order = sorted(wraps, key=lambda key: key[0], reverse=True)
    # Each is told that there is a state.
    made = (wraps[key](True) for key in in_order)
    return [component for component in made if component is not None]


def _served(app):
    """What an app has besides its pages."""
    tasks = app.get_lifespan_tasks()
    if not tasks and app._own_api is None and app.api_transformer is None:
        return None
    from reflex.asgi import Served

    return Served(app, tasks)


def reset():
    """Forgets every app and page: the app's modules are about to be loaded anew."""
    _APPS.clear()
    if "reflex.page" in sys.modules:
        sys.modules["reflex.page"].DECORATED_PAGES.clear()


def _html_attributes(app):
    language = {} if app.html_lang is None else {"lang": app.html_lang}
    named = {name.replace("_", "-"): value for name, value in app.html_custom_attrs.items()}
    return {**language, **named}


def _theme_of_plugins():
    # `rxconfig.py` may give the theme: RadixThemesPlugin(theme=rx.theme(…)).
    plugins = getattr(site.configuration(), "plugins", None) or ()
    themes = (getattr(plugin, "theme", None) for plugin in plugins)
    return next((theme for theme in themes if theme is not None), None)


def _decorated_pages():
    # The module is loaded only by apps that name `rx.page`.
    module = sys.modules.get("reflex.page")
    return module.all_decorated() if module else []


def _declaration(component, options):
    options = {**options, "component": component, "route": _route(component, options["route"])}
    if options["route"] == "/404":
        options["title"] = options["title"] or "404 - Not Found"
        options["description"] = options["description"] or "The page was not found"
    return options


def _merged(pages):
    """The pages, those declared twice with the same function as one: what was said last counts."""
    merged = []
    for page in pages:
        known = next((known for known in merged if _is_same(known, page)), None)
        if known is None:
            merged.append(page)
        else:
            known.update((name, value) for name, value in page.items() if value is not None)
    return merged


def _is_same(known, page):
    return known["component"] is page["component"] and known["route"] == page["route"]


def _route(component, route):
    if route is None:
        name = getattr(component, "__name__", None)
        if name is None:
            raise ValueError("a page that is no function needs route=")
        route = _words(name).replace("_", "-")
    route = route.strip("/")
    return "/" if route == "index" else f"/{route}"


def _words(name):
    """A name in lower case, its words apart: `AboutUs` is `about_us`."""
    if name.islower():
        return name
    import re

    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z0-9])([A-Z])", r"\1_\2", name).lower()

"""What the environment says in the place of `rxconfig.py`: `REFLEX_FRONTEND_PATH` and its kin.

Every option of `rx.Config` has such a variable, and Reflex lets it win. Not here: the variables of
the host's own, and `REFLEX_REDIS_TOKEN_EXPIRATION`, which the host reads itself.
"""

import os

from reflex.utils.console import warn

_PREFIX = "REFLEX_"

# The options that can be said in one text, by what they are.
_TEXTS = (
    "api_url app_module_import app_name async_db_url backend_host backend_path bun_path db_url "
    "default_color_mode deploy_url env_file extra_overlay_function frontend_path hydrate_fallback "
    "loglevel redis_url state_manager_mode transport"
)
_NUMBERS = (
    "backend_port frontend_port redis_lock_expiration redis_lock_warning_threshold "
    "static_page_generation_timeout trusted_proxy_hops"
)
_SWITCHES = (
    "frontend_lazy_bundled_libraries frozen_lockfile is_reflex_cloud react_compiler "
    "react_strict_mode show_built_with_reflex state_auto_setters telemetry_enabled"
)
# With what stands between the parts.
_LISTS = {
    "cors_allowed_origins": ",",
    "disable_plugins": ":",
    "frontend_compression_formats": ",",
    "frontend_packages": ":",
    "plugins": ":",
}
_YES = ("true", "1", "yes", "y")
_NO = ("false", "0", "no", "n")


def are_said():
    """Whether the environment says anything of the kind."""
    return any(name.startswith(_PREFIX) for name in os.environ)


def read(env_file=None):
    """The options that the environment says, by name; those of `rx.Config(env_file=…)` first."""
    if env_file:
        _load(env_file)
    found = {}
    for kind, options in _KINDS:
        for option in options:
            text = os.environ.get(_PREFIX + option.upper(), "").strip()
            if text:
                found[option] = kind(option, text)
    return found


def _text(option, text):
    return text


def _number(option, text):
    try:
        return int(text)
    except ValueError:
        raise _wrong(option, text, "a whole number") from None


def _switch(option, text):
    if text.lower() not in _YES + _NO:
        raise _wrong(option, text, "true or false")
    return text.lower() in _YES


def _list(option, text):
    parts = [part.strip() for part in text.split(_LISTS[option])]
    return [_class(option, part) for part in parts] if "plugins" in option else parts


def _class(option, path):
    """The plugin at a path such as `reflex.plugins.SitemapPlugin`, made where one is expected."""
    from importlib import import_module

    module, _, name = path.rpartition(".")
    try:
        plugin = getattr(import_module(module), name)
    except (AttributeError, ImportError, ValueError):
        raise _wrong(option, path, "the path of a plugin's class") from None
    return plugin() if option == "plugins" else plugin


def _wrong(option, text, expected):
    return ValueError(f"{_PREFIX}{option.upper()} is {text!r}; {expected} is expected")


def _load(env_file):
    """Puts what files say into the environment; what stands in the first of them wins."""
    try:
        from dotenv import load_dotenv
    except ImportError:
        warn(f"rx.Config(env_file={env_file!r}) has no effect: python-dotenv is not installed")
        return
    for path in reversed(env_file.split(os.pathsep)):
        load_dotenv(path.strip(), override=True)


_KINDS = (
    (_text, _TEXTS.split()),
    (_number, _NUMBERS.split()),
    (_switch, _SWITCHES.split()),
    (_list, _LISTS),
)

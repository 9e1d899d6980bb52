"""`rx.Config`, as `rxconfig.py` makes it.

Takes every keyword that any version of Reflex knows; what the environment says of one wins. Not
here: what the server does with them.
"""

import sys

from reflex import overrides

# What apps read of a configuration that does not say it.
_DEFAULTS = {
    "app_name": "",
    "app_module_import": None,
    "api_url": "",
    "backend_port": 8000,
    "db_url": "sqlite:///reflex.db",
    "default_color_mode": "system",
    "deploy_url": "",
    "env": "dev",
    "frontend_path": "",
    "frontend_port": 3000,
    "loglevel": "default",
    "plugins": [],
    "redis_url": None,
    "state_auto_setters": True,
    "telemetry_enabled": False,
    "trusted_proxy_hops": 0,
}

_COLOR_MODES = ("system", "light", "dark")

_current = None


class Config:
    """The configuration of an app; each keyword is an attribute."""

    def __init__(self, **options):
        global _current
        env_file = overrides.read().get("env_file", options.get("env_file"))
        self.given = {**options, **overrides.read(env_file)}
        for name, value in {**_DEFAULTS, **self.given}.items():
            setattr(self, name, value)
        if self.default_color_mode not in _COLOR_MODES:
            raise ValueError(
                f"rx.Config(default_color_mode={self.default_color_mode!r}): "
                f"one of {', '.join(_COLOR_MODES)} is expected"
            )
        _current = self


def get_config(reload=False):
    """The configuration of the app: `rxconfig.py`'s, or the defaults."""
    if reload:
        sys.modules.pop("rxconfig", None)
    if _current is None or reload:
        try:
            import rxconfig  # noqa: F401
        except ModuleNotFoundError:
            return Config()
    return _current or Config()


def keeping():
    """How sessions are to be kept: the app's name, the address of a Redis server, the state
    manager's mode, and for how many seconds; `None` for what nobody said.
    """
    given = _current.given if _current else {}
    mode = given.get("state_manager_mode")
    # Reflex has an enumeration for it, too.
    mode = getattr(mode, "value", mode)
    name, url = given.get("app_name") or None, given.get("redis_url") or None
    return name, url, mode, given.get("redis_token_expiration")


def trusted_hops():
    """How many proxies before the server are trusted; `None` when nobody said."""
    hops = (_current.given if _current else {}).get("trusted_proxy_hops")
    if hops is not None and (isinstance(hops, bool) or not isinstance(hops, int) or hops < 0):
        raise ValueError("trusted_proxy_hops must be a non-negative integer.")
    return hops


# Reflex's own configuration of Tailwind.
_TAILWIND = {"plugins": ["@tailwindcss/typography"]}


def tailwind():
    """Tailwind's version, its configuration, and whether somebody asked for it; or `None`: off.

    Former versions of Reflex took a configuration in `rx.Config(tailwind=…)`, which still counts,
    and had Tailwind on when nothing was said.
    """
    given = _current.given if _current else {}
    former = given.get("tailwind")
    for plugin in given.get("plugins") or ():
        version = getattr(plugin, "tailwind_version", None)
        if version is not None:
            own = plugin.config if former is None else former
            return version, _plain(_TAILWIND if own is None else own), True
    if former is not None:
        return 3, _plain(former), True
    if "tailwind" in given or "plugins" in given:
        return None
    return 4, _TAILWIND, False


def _plain(value):
    """The value with the keys that JSON has: Tailwind's scales often have numbers."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value

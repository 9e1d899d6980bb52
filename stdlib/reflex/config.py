"""`rx.Config`, as `rxconfig.py` makes it.

Takes every keyword that any version of Reflex knows. Not here: what the server does with them.
"""

import sys

# What apps read of a configuration that does not say it.
_DEFAULTS = {
    "app_name": "",
    "app_module_import": None,
    "api_url": "",
    "backend_port": 8000,
    "db_url": "sqlite:///reflex.db",
    "deploy_url": "",
    "env": "dev",
    "frontend_path": "",
    "frontend_port": 3000,
    "loglevel": "default",
    "plugins": [],
    "redis_url": None,
    "state_auto_setters": True,
    "telemetry_enabled": False,
}

_current = None


class Config:
    """The configuration of an app; each keyword is an attribute."""

    def __init__(self, **options):
        global _current
        self.given = options
        for name, value in {**_DEFAULTS, **options}.items():
            setattr(self, name, value)
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

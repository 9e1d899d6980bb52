"""`reflex.utils.prerequisites`: the app's module. Not here: the tools that Reflex builds with."""

import sys


def get_app(reload=False):
    """The module of the app, whose `app` is the `rx.App`."""
    from reflex.config import get_config

    config = get_config()
    name = config.app_module_import or f"{config.app_name}.{config.app_name}"
    __import__(name)
    return sys.modules[name]

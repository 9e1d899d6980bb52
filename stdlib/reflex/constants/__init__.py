"""Names of constants that apps read. Not here: what they configure, and the names that belong to
Reflex's compiler (`compiler.py`).
"""

import sys

from reflex.constants.compiler import (  # noqa: F401
    CompileVars, Endpoint, EventTriggers, Ext, MemoizationDisposition, MemoizationMode, RouteVar,
    SocketEvent,
)  # fmt: skip

IS_WINDOWS = sys.platform == "win32"
IS_MACOS = sys.platform == "darwin"
IS_LINUX = sys.platform == "linux"

# Where a browser keeps fields of a state.
COOKIES = "cookies"
LOCAL_STORAGE = "local_storage"
SESSION_STORAGE = "session_storage"

ROUTER = "router"
ROUTER_DATA = "router_data"
SETTER_PREFIX = "set_"


class Env:
    """The kinds of running, for `Config(env=…)`."""

    DEV = "dev"
    PREVIEW = "preview"
    PROD = "prod"


class LogLevel:
    """The levels of the log, for `Config(loglevel=…)`."""

    DEBUG = "debug"
    DEFAULT = "default"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


class ColorMode:
    """The names of the colour modes."""

    NAME = "color_mode"
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"
    USE = "useColorMode"
    TOGGLE = "toggleColorMode"
    SET = "setColorMode"


LIGHT_COLOR_MODE = ColorMode.LIGHT
DARK_COLOR_MODE = ColorMode.DARK
SYSTEM_COLOR_MODE = ColorMode.SYSTEM


class Page404:
    """The page for addresses that no page has."""

    SLUG = "404"
    TITLE = "404 - Not Found"
    IMAGE = "favicon.ico"
    DESCRIPTION = "The page was not found"


class DefaultPage:
    """What a page has that gives nothing itself."""

    TITLE = "{} | {}"
    DESCRIPTION = ""
    IMAGE = "favicon.ico"
    META_LIST = []


class RouteArgType:
    """The kinds of a route's parts in brackets."""

    SINGLE = "arg_single"
    LIST = "arg_list"

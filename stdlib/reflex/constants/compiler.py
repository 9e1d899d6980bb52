"""Constants of Reflex's compiler and protocol that components and apps name.

They have Reflex's values, and no effect here. Not here: what an app configures.
"""

import dataclasses
import enum


class CompileVars:
    """Names in the code that Reflex compiles a page to."""

    APP = "app"
    API = "api"
    ROUTER = "router"
    SOCKET = "socket"
    RESULT = "result"
    FINAL = "final"
    PROCESSING = "processing"
    STATE = "state"
    EVENTS = "events"
    HYDRATE = "hydrate"
    IS_HYDRATED = "is_hydrated"
    ADD_EVENTS = "addEvents"
    APPLY_EVENT_ACTIONS = "applyEventActions"
    CONNECT_ERROR = "connectErrors"
    TO_EVENT = "ReflexEvent"


class Ext:
    """The endings of files."""

    JS = ".js"
    JSX = ".jsx"
    PY = ".py"
    CSS = ".css"
    ZIP = ".zip"
    EXE = ".exe"
    MD = ".md"


class MemoizationDisposition(enum.Enum):
    """When a component is one of its own for React."""

    STATEFUL = "stateful"
    ALWAYS = "always"
    NEVER = "never"


@dataclasses.dataclass(frozen=True)
class MemoizationMode:
    """How a component class asks to be memoised. Here that follows from what a component reads."""

    disposition: MemoizationDisposition = MemoizationDisposition.STATEFUL
    recursive: bool = True


class Endpoint(enum.Enum):
    """The paths of Reflex's own endpoints."""

    PING = "ping"
    EVENT = "_event"
    UPLOAD = "_upload"
    AUTH_CODESPACE = "auth-codespace"
    HEALTH = "_health"
    ALL_ROUTES = "_all_routes"

    def __str__(self):
        return f"/{self.value}"


class SocketEvent:
    """The messages of Reflex's socket."""

    PING = "ping"
    EVENT = "event"
    CLIENT_ERROR = "client_error"
    STATE_MISMATCH = "state_mismatch"


class RouteVar:
    """The names in `router_data`."""

    CLIENT_IP = "ip"
    CLIENT_TOKEN = "token"
    HEADERS = "headers"
    PATH = "pathname"
    ORIGIN = "asPath"
    SESSION_ID = "sid"
    QUERY = "query"
    COOKIE = "cookie"


def _names(words):
    return {f"ON_{word.upper()}": f"on_{word}" for word in words.split()}


EventTriggers = type("EventTriggers", (), {
    "__doc__": "The names of event triggers.",
    **_names("""
        focus blur cancel click change change_end change_start complete context_menu double_click
        drop edit key_down key_up mouse_down mouse_enter mouse_leave mouse_move mouse_out mouse_over
        mouse_up open_change open_auto_focus close_auto_focus focus_outside escape_key_down
        pointer_down_outside interact_outside scroll scroll_end submit mount unmount
        clear_server_errors value_commit select animation_start animation_end
    """),
})  # fmt: skip

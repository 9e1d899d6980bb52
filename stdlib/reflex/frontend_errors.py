"""Errors of the browser, told to `App(frontend_exception_handler=…)`.

Loaded only by apps that have such a function. Not here: where they are caught, which the shell
does; errors of handlers, of which `backend_exception_handler` is told.
"""

import _ferroflex_ui as _ui
from reflex.handlers import event
from reflex.state import State


def told(handler):
    """The component that has a function told of the errors of the page that it stands on."""

    class FrontendEventExceptionState(State):
        """Takes what the browser tells; has nothing to keep."""

        @event
        def handle_frontend_exception(self, info: str, component_stack: str):
            """Hands an error over: its text, and the components it came from, where known."""
            handler(Exception(f"{info}\n{component_stack}" if component_stack else info))

    tell = FrontendEventExceptionState.handle_frontend_exception
    return _ui.component("page_errors")(on_error=tell)

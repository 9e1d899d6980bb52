"""What behaves rather than shows."""

import reflex as rx

from gallery.frame import page, sample


class Behaviour(rx.State):
    """What the samples of this page tell."""

    pasted: str = "nothing yet"
    searched: str = ""
    size: tuple[int, int] = (0, 0)
    has_script: bool = False

    @rx.event
    def paste(self, items: list[tuple[str, str]]):
        """Keeps the kinds of what was pasted."""
        self.pasted = ", ".join(kind for kind, _ in items)

    @rx.event
    def search(self, text: str):
        """Keeps what was typed."""
        self.searched = text

    @rx.event
    def resize(self, width: int, height: int):
        """Keeps the window's size."""
        self.size = (width, height)

    @rx.event
    def script_ran(self):
        """Notes that the page's script ran."""
        self.has_script = True


@rx.page(route="/behaviour", title="Behaviour")
def behaviour() -> rx.Component:
    """Listeners, delays, scripts and what depends on the window."""
    return page("Behaviour", *_listeners(), *_inputs(), *_widths(), *_modes())


def _listeners() -> list[rx.Component]:
    return [
        sample(
            "clipboard",
            rx.clipboard(
                rx.text_area(aria_label="Paste here", placeholder="Paste here"),
                on_paste=Behaviour.paste,
            ),
            rx.text("Pasted: ", Behaviour.pasted),
        ),
        sample(
            "window_event_listener",
            rx.window_event_listener(on_resize=Behaviour.resize),
            rx.text("The app is told when the window's size changes."),
        ),
        sample(
            "script",
            rx.script("document.documentElement.dataset.ran = 'yes'", on_load=Behaviour.script_ran),
            rx.text("The app is told when the script has run."),
        ),
        sample(
            "connection_banner, connection_modal, connection_pulser",
            rx.connection_banner(),
            rx.connection_modal(),
            rx.connection_pulser(),
            rx.text("All three appear when the server is gone."),
        ),
        sample(
            "toast.provider",
            rx.toast.provider(position="top-right"),
            rx.button("Show a message", on_click=rx.toast.info("In the corner")),
        ),
    ]


def _inputs() -> list[rx.Component]:
    return [
        sample(
            "debounce_input",
            rx.debounce_input(
                rx.input(
                    value=Behaviour.searched,
                    on_change=Behaviour.search,
                    aria_label="Search",
                ),
                debounce_timeout=200,
            ),
            rx.text("Searched: ", Behaviour.searched),
        ),
        sample(
            "auto_scroll",
            rx.auto_scroll(
                *[rx.text(f"Line {number + 1}") for number in range(12)],
                aria_label="Lines",
                role="log",
                tab_index=0,
                height="120px",
                width="100%",
            ),
        ),
    ]


def _widths() -> list[rx.Component]:
    return [
        sample(
            "widths",
            rx.mobile_only(rx.text("mobile_only")),
            rx.tablet_only(rx.text("tablet_only")),
            rx.desktop_only(rx.text("desktop_only")),
            rx.mobile_and_tablet(rx.text("mobile_and_tablet")),
            rx.tablet_and_desktop(rx.text("tablet_and_desktop")),
        ),
    ]


def _modes() -> list[rx.Component]:
    return [
        sample(
            "color_mode",
            rx.hstack(
                rx.color_mode.icon(),
                rx.color_mode.button(),
                rx.color_mode.button(allow_system=True),
                rx.color_mode.switch(aria_label="Dark mode"),
                align="center",
            ),
        ),
    ]

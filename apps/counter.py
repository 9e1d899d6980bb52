"""Counter: the smallest app that has everything. A state class, a page, and events between them."""

import reflex as rx

HISTORY_LENGTH = 6


class CounterState(rx.State):
    """One visitor's counter."""

    count: int = 0
    step: str = "1"
    history: list[int] = []

    @rx.var
    def step_size(self) -> int:
        """What one click adds: the step that was typed, or 1 until it is a number."""
        return int(self.step) if self.step.isdigit() else 1

    @rx.event
    def set_step(self, step: str):
        self.step = step

    @rx.event
    def increment(self):
        self._move_to(self.count + self.step_size)

    @rx.event
    def decrement(self):
        self._move_to(self.count - self.step_size)

    @rx.event
    def clear(self):
        self.reset()

    def _move_to(self, count: int):
        self.history = [self.count, *self.history][:HISTORY_LENGTH]
        self.count = count


def controls() -> rx.Component:
    return rx.hstack(
        rx.icon_button(
            rx.icon("minus", size=20),
            on_click=CounterState.decrement,
            size="3",
            variant="soft",
            color_scheme="tomato",
            aria_label="Decrement",
        ),
        rx.icon_button(
            rx.icon("plus", size=20),
            on_click=CounterState.increment,
            size="3",
            aria_label="Increment",
        ),
        rx.input(
            value=CounterState.step,
            on_change=CounterState.set_step,
            size="3",
            width="5em",
            text_align="center",
            aria_label="Step",
        ),
        rx.icon_button(
            rx.icon("rotate-ccw", size=18),
            on_click=CounterState.clear,
            size="3",
            variant="ghost",
            color_scheme="gray",
            aria_label="Reset",
        ),
        spacing="4",
        align="center",
    )


def history() -> rx.Component:
    return rx.hstack(
        rx.foreach(
            CounterState.history,
            lambda count: rx.badge(count, variant="surface", color_scheme="gray"),
        ),
        min_height="1.75em",
        spacing="2",
        wrap="wrap",
        aria_label="History",
        role="group",
    )


def index() -> rx.Component:
    return rx.center(
        rx.color_mode.button(position="top-right", aria_label="Toggle dark mode"),
        rx.card(
            rx.vstack(
                rx.text("Counter", size="2", weight="medium", color=rx.color("gray", 10)),
                rx.heading(
                    CounterState.count,
                    size="9",
                    color=rx.cond(
                        CounterState.count < 0, rx.color("tomato", 10), rx.color("iris", 11)
                    ),
                    font_variant_numeric="tabular-nums",
                    custom_attrs={"data-testid": "count"},
                ),
                controls(),
                history(),
                spacing="5",
                align="center",
            ),
            size="4",
            width="24em",
            max_width="92vw",
            box_shadow="0 24px 60px -24px rgba(60, 60, 140, 0.35)",
        ),
        min_height="100vh",
        background=f"radial-gradient(circle at top, {rx.color('iris', 4)}, transparent 60%)",
    )


app = rx.App(theme=rx.theme(accent_color="iris", radius="large"))
app.add_page(index, title="Counter", description="A number that goes up and down.")

"""What happens to a page over time: loading, mounting, background work, failures."""

import asyncio

import reflex as rx


class Life(rx.State):
    log: list[str] = []
    shown: bool = True
    progress: int = 0
    steps: list[str] = []

    @rx.event
    def first(self):
        self.log.append("first")

    @rx.event
    async def second(self):
        await asyncio.sleep(0.05)
        self.log.append("second")
        yield Life.third("from second")

    @rx.event
    def third(self, text: str):
        self.log.append(text)

    @rx.event
    def mounted(self):
        self.log.append("mounted")

    @rx.event
    def unmounted(self):
        self.log.append("unmounted")

    @rx.event
    def toggle(self):
        self.shown = not self.shown

    @rx.event(background=True)
    async def work(self):
        for number in range(1, 41):
            await asyncio.sleep(0.05)
            async with self:
                self.progress = number

    @rx.event
    async def stream(self):
        self.steps = []
        for number in range(3):
            self.steps.append(f"step {number}")
            yield
            await asyncio.sleep(0.15)

    @rx.event
    def fail(self):
        self.log.append("before the failure")
        raise ValueError("something went wrong")


@rx.page(route="/", title="Lifecycle", on_load=[Life.first, Life.second])
def index():
    return rx.vstack(
        rx.heading("Lifecycle"),
        rx.text(rx.cond(Life.is_hydrated, "hydrated", "not yet"), id="hydrated"),
        rx.text(Life.log.join(", "), id="log"),
        rx.cond(
            Life.shown,
            rx.box("here", id="box", on_mount=Life.mounted, on_unmount=Life.unmounted),
        ),
        rx.progress(value=Life.progress, max=40, width="20em"),
        rx.text(Life.progress, id="progress"),
        rx.text(Life.steps.join(" | "), id="steps"),
        rx.hstack(
            rx.button("toggle", on_click=Life.toggle),
            rx.button("work", on_click=Life.work),
            rx.button("stream", on_click=Life.stream),
            rx.button("fail", on_click=Life.fail),
        ),
        padding="2em",
    )


app = rx.App()

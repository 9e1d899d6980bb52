"""Classes of Tailwind 4: over Radix's styles, below the author's own, from handlers, in the dark."""

import reflex as rx


class State(rx.State):
    look: str = "bg-lime-500"
    size: int = 3

    @rx.event
    def change(self):
        self.look = "bg-orange-500 underline"
        self.size = 7


def index():
    return rx.vstack(
        rx.heading("Tailwind", id="heading", class_name="font-display text-5xl text-brand"),
        rx.card(
            rx.button("Over Radix", id="button", class_name="bg-brand rounded-none px-10"),
            rx.button("As Radix has it", id="plain", class_name="grow"),
            rx.text("The prop wins", id="prop", class_name="m-8 p-8", margin="3px"),
            id="card",
            class_name="group w-full max-w-md dark:bg-black",
        ),
        rx.el.div(
            rx.el.p("Dark or light", id="mode", class_name="text-brand-50 dark:text-sky-300"),
            rx.el.p("Hovered", id="hovered", class_name="opacity-50 group-hover:opacity-100"),
            id="group",
            class_name="group border p-[13px] grid grid-cols-[2rem_1fr] md:gap-6",
        ),
        rx.el.p("From the state", id="state", class_name=State.look),
        rx.el.p(
            "Conditional",
            id="conditional",
            class_name=rx.cond(State.size > 5, "tracking-wide", "tracking-tighter"),
        ),
        rx.el.article(
            rx.el.h2("An article", id="title"),
            rx.markdown("A *paragraph* and\n\n- an item"),
            class_name="prose dark:prose-invert",
        ),
        rx.el.input(id="input", placeholder="A field"),
        rx.el.p("Of a stylesheet", id="own", class_name="own"),
        rx.button("Change", id="change", on_click=State.change),
        rx.color_mode.button(id="toggle"),
        padding="24px",
    )


app = rx.App(stylesheets=["own.css"])
app.add_page(index, title="Tailwind")

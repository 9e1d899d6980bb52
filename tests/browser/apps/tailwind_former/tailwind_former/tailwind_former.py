"""Classes as Tailwind 3 had them."""

import reflex as rx


def index():
    return rx.container(
        rx.button("Over Radix", id="button", class_name="bg-leaf rounded-sm px-10"),
        rx.text("The prop wins", id="prop", class_name="m-8 p-8", margin="3px"),
        rx.el.div("Border", id="border", class_name="border p-4 shadow-sm"),
        rx.el.div("Overlay", id="overlay", class_name="bg-black bg-opacity-50 text-white"),
        rx.el.div("Palette", id="palette", class_name="text-blue-500 dark:text-red-500"),
        rx.el.button("Plain", id="plain"),
    )


app = rx.App()
app.add_page(index, title="Tailwind 3")

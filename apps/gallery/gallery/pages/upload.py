"""Places to drop files on."""

import reflex as rx

from gallery.frame import page, sample


@rx.page(route="/upload", title="Upload")
def upload() -> rx.Component:
    """Drop zones, and the files chosen in them."""
    return page(
        "Upload",
        sample(
            "upload",
            rx.upload(
                rx.vstack(rx.button("Choose files"), rx.text("or drop some here"), align="center"),
                id="papers",
                accept={"text/plain": [".txt"]},
                max_files=3,
                padding="2em",
                drag_active_style={"background": rx.color("accent", 3)},
            ),
            rx.text("Chosen: ", rx.selected_files("papers").length()),
            rx.vstack(rx.foreach(rx.selected_files("papers"), rx.text)),
            rx.button("Clear", variant="soft", on_click=rx.clear_selected_files("papers")),
        ),
        sample(
            "upload.root",
            rx.upload.root(
                rx.box("A drop zone without looks of its own", padding="1em"),
                id="plain",
                no_click=True,
                border="2px dotted var(--gray-8)",
            ),
        ),
    )

"""An upload that a background handler reads piece by piece."""

import reflex as rx


class Pieces(rx.State):
    read: list[str] = []

    @rx.event(background=True)
    async def take(self, chunks: rx.UploadChunkIterator):
        async for chunk in chunks:
            async with self:
                self.read.append(f"{chunk.filename} {chunk.offset}+{len(chunk.data)}")
        async with self:
            self.read.append("all")


@rx.page(route="/")
def index() -> rx.Component:
    return rx.box(
        rx.upload(rx.text("Drop here"), id="one"),
        rx.button("Send", on_click=Pieces.take(rx.upload_files_chunk("one"))),
        rx.text(Pieces.read.join(", "), id="read"),
    )


app = rx.App()

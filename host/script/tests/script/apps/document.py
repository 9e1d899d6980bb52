"""The three handlers by which Ferroflex was first described: one that flushes twice, one that waits
for another server, one that works in the background."""

import asyncio

import httpx
import reflex as rx


class Document(rx.State):
    items: list[str] = []
    saving: bool = False
    data: list[str] = []
    loading: bool = False
    progress: int = 0
    status: str = ""

    def add_item(self, item: str):
        self.saving = True
        yield
        self.items.append(item)
        self.saving = False

    async def load_data(self, url: str):
        self.loading = True
        yield
        async with httpx.AsyncClient() as client:
            response = await client.get(url)
        self.data = response.json()
        self.loading = False

    @rx.background
    async def process_upload(self, name: str):
        async with self:
            self.status = f"processing {name}"
        for step in range(1, 11):
            await asyncio.sleep(0.001)
            async with self:
                self.progress = step * 10
        async with self:
            self.status = f"{name} is done"


@rx.page()
def index():
    return rx.text(Document.items, Document.data, Document.progress, Document.status)

"""Endpoints of an app's own, of plain functions, and what lives as long as the server."""

import asyncio
import contextlib
import threading
from dataclasses import dataclass

import reflex as rx
from reflex.api import HTTPException, Request, Response, StreamingResponse


class Clicks(rx.State):
    """What a page shows."""

    count: int = 0

    @rx.event
    def click(self):
        self.count += 1


@dataclass
class Item:
    """What is posted."""

    name: str
    price: float = 1.5


def index():
    return rx.text(Clicks.count)


app = rx.App()
app.add_page(index, route="/")
left = []


@app.api.get("/items/{number}")
def item(number: int, tag: str = "none", tags: list[int] = ()):
    return {"number": number, "tag": tag, "tags": tags, "thread": threading.current_thread().name}


@app.api.post("/items", status_code=201)
def make(item: Item):
    if item.price < 0:
        raise HTTPException(409, "too cheap")
    return item


@app.api.get("/waits")
async def waits(seconds: float = 0.01):
    await asyncio.sleep(seconds)
    return "waited"


@app.api.post("/size")
async def size(request: Request):
    total = 0
    async for part in request.stream():
        total += len(part)
    return total


@app.api.get("/ticks")
async def ticks():
    async def made():
        try:
            while True:
                yield "data: tick\n\n"
                await asyncio.sleep(0.05)
        finally:
            left.append("ticks")

    return StreamingResponse(made(), media_type="text/event-stream")


@app.api.get("/left")
def tell_left():
    return left


@app.api.get("/large")
def large(parts: int):
    return StreamingResponse(b"x" * 65_536 for _ in range(parts))


@app.api.get("/raises")
def raises():
    raise ValueError("as asked")


@app.api.get("/html")
def html():
    return Response("<p>é</p>", media_type="text/html", headers={"x-own": "1"})


@app.api.post("/press/{token}")
async def press(token: str):
    async with app.modify_state(token) as state:
        clicks = await state.get_state(Clicks)
        clicks.count += 1
        return {"count": clicks.count}


@app.register_lifespan_task
def called():
    print("lifespan: called", flush=True)


@contextlib.asynccontextmanager
async def entered(app, name):
    print(f"lifespan: {name} entered, {len(app.get_lifespan_tasks())} tasks", flush=True)
    yield
    print(f"lifespan: {name} left", flush=True)


app.register_lifespan_task(entered, name="first")
app.register_lifespan_task(entered, name="second")


@app.register_lifespan_task
async def runs():
    try:
        await asyncio.sleep(3600)
    finally:
        print("lifespan: cancelled", flush=True)


@app.register_lifespan_task
async def fails():
    raise ValueError("a lifespan task that fails")

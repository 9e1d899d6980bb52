"""Endpoints, what lives as long as the server, and middleware around events."""

import asyncio
import contextlib
import io
import threading

import reflex as rx
from reflex.api import Response, Router

seen = []


class Shelf(rx.State):
    items: list[str] = ["first"]
    log: list[str] = []

    def put(self, item: str):
        self.log.append("put")
        self.items.append(item)

    async def put_later(self, item: str):
        await asyncio.sleep(0)
        self.items.append(item)
        yield
        self.items.append("end")

    def followed(self):
        return Shelf.put("followed")

    def fails(self):
        raise ValueError("as asked")


class Watching(rx.Middleware):
    async def preprocess(self, app, state, event):
        seen.append(f"before {event.name.rsplit('.', 1)[1]} {event.payload}")
        if event.payload.get("item") == "refused":
            return rx.state.StateUpdate(events=[Shelf.put("in its place")])
        return None

    def postprocess(self, app, state, event, update):
        seen.append(f"after {event.name.rsplit('.', 1)[1]}")
        return update


class Waiting(rx.Middleware):
    async def preprocess(self, app, state, event):
        if event.payload.get("item") == "waited":
            await asyncio.sleep(0)


async def around(scope, receive, send, inner):
    async def marked(message):
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-around", b"1")]
        await send(message)

    await inner(scope, receive, marked)


def transformer(inner):
    return lambda scope, receive, send: around(scope, receive, send, inner)


app = rx.App(api_transformer=transformer)
app.add_middleware(Watching())
app.add_middleware(Waiting(), index=0)

books = Router(prefix="/books")


@books.get("/{number:int}/{rest:path}")
async def book(number: int, rest: str, short: bool = False):
    return {"number": number, "rest": rest, "short": short}


@books.put("/{number}")
def put_book(number: float, fields: dict[str, int], tags: list[dict] = ()):
    return {"number": number, "fields": fields, "tags": tags}


app.api.include_router(books, prefix="/v1")


async def below(scope, receive, send):
    text = f"{scope['root_path']} {scope['path']}"
    await Response(text)(scope, receive, send)


app.api.mount("/mounted", below)


@app.api.get("/seen")
def tell():
    return seen


@app.api.get("/items/{token}")
async def items(token: str):
    async with app.modify_state(token) as state:
        shelf = await state.get_state(Shelf)
        return shelf.items


@app.api.get("/spins")
async def spins():
    while True:
        pass


@app.api.get("/waits")
async def waits():
    await asyncio.sleep(3600)


@app.api.get("/panics")
async def panics():
    buffer = io.BytesIO()
    buffer.seek(2**63 - 1)
    buffer.write(b"more")


@app.api.get("/blocks")
def blocks():
    return threading.current_thread() is not loop_thread


@app.api.post("/patient")
async def patient(request):
    for _ in range(2):
        try:
            message = await asyncio.wait_for(request.receive(), 0.05)
        except TimeoutError:
            continue
        return message["body"].decode()
    return (await request.body()).decode()


async def whole(request):
    return Response(request.headers["X-One"] + request.query_params["a"] + request.cookies["c"])


app.api.add_route("/whole", whole, methods=["POST"])


@app.api.get("/silent")
async def silent():
    async def nothing(scope, receive, send):
        pass

    nothing.status_code = 200
    return nothing


@app.register_lifespan_task
@contextlib.asynccontextmanager
async def entered():
    global loop_thread
    loop_thread = threading.current_thread()
    seen.append("entered")
    yield
    seen.append("left")


@app.api.on_event("startup")
def started():
    seen.append("startup")


@app.api.on_event("shutdown")
async def stopped():
    seen.append("shutdown")


app.add_page(lambda: rx.text(Shelf.items.to_string()), route="/")

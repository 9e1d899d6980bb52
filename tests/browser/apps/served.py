"""Endpoints of an app's own behind a wrapper that lets nobody in without a key."""

import reflex as rx
from reflex.api import Request


class Guard:
    """An ASGI middleware: answers those who are sent by other sites, and refuses who has no key."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])

        async def allowed(message):
            if message["type"] == "http.response.start":
                origin = (b"access-control-allow-origin", headers.get(b"origin", b"*"))
                message = {**message, "headers": [*message["headers"], origin]}
            await send(message)

        if scope["method"] == "OPTIONS":
            await self.answer(allowed, 204)
        elif headers.get(b"x-key") != b"open":
            await self.answer(allowed, 401)
        else:
            await self.app(scope, receive, allowed)

    async def answer(self, send, status):
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@rx.page(route="/", title="Served")
def index():
    return rx.heading("Served")


app = rx.App(api_transformer=Guard)


@app.api.get("/items/{number}")
def item(number: int):
    return {"number": number}


@app.api.post("/form")
async def form(request: Request):
    given = await request.form()
    file = given["file"]
    content = await file.read()
    return {
        "texts": given.getlist("text"),
        "file": [file.filename, file.content_type, file.size, len(content), content[:4].hex()],
    }

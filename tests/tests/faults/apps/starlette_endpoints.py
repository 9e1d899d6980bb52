"""Endpoints of Starlette's, which stand around an endpoint of the app's own."""

import asyncio

import reflex as rx
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route

left = []


async def hello(request):
    return JSONResponse({"name": request.path_params["name"], "url": str(request.url)})


def sync(request):
    return PlainTextResponse("from a thread")


async def posted(request):
    return JSONResponse(await request.json())


async def ticks(request):
    async def made():
        try:
            while True:
                yield b"data: tick\n\n"
                await asyncio.sleep(3600)
        finally:
            left.append("ticks")

    return StreamingResponse(made(), media_type="text/event-stream")


async def tell_left(request):
    return JSONResponse(left)


starlette = Starlette(
    routes=[
        Route("/hello/{name}", hello),
        Mount("/below", routes=[Route("/sync", sync), Route("/posted", posted, methods=["POST"])]),
        Route("/ticks", ticks),
        Route("/left", tell_left),
    ]
)


def with_cors(inner):
    return CORSMiddleware(inner, allow_origins=["https://friend.example"])


app = rx.App(api_transformer=[starlette, with_cors])


@app.api.get("/own/{number}")
def own(number: int):
    return {"number": number}


@rx.page(route="/")
def index():
    return rx.text("x")

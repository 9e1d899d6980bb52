"""A handler that ends only when it is cancelled, and another session's look at it."""

import asyncio

import reflex as rx

# Of all sessions, as long as the process lives.
SEEN = {"spinning": 0, "cancelled": 0}


class Ending(rx.State):
    """What was seen by the last look."""

    spinning: int = 0
    cancelled: int = 0

    @rx.event
    async def spins(self):
        SEEN["spinning"] += 1
        try:
            while True:
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            SEEN["cancelled"] += 1
            raise
        finally:
            SEEN["spinning"] -= 1

    @rx.event
    def looks(self):
        self.spinning = SEEN["spinning"]
        self.cancelled = SEEN["cancelled"]


@rx.page(route="/")
def index():
    return rx.text(Ending.spinning)

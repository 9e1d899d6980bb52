"""Two pages that are text alone: about the blog, and for addresses that lead nowhere."""

import reflex as rx

from . import layout
from .prose import prose

ABOUT = """
A plumb line is the oldest instrument on any building site: a weight on a string. It has no scale,
no battery and no opinion, and it is never wrong. This blog tries to be of that kind.

It is about the parts of software that have to hold while everything else changes: queues and
timeouts, caches and error messages, the numbers that we look at and those that we ought to.

## How these essays are written

- **One idea each.** If it needs two, it is two essays.
- **Code that runs.** Every listing was executed before it was printed.
- **No news.** An essay should be as useful in five years as it is today.

## Who writes

Plumb Line is written by Mara Lindqvist, who has kept other people's systems upright for fifteen
years, mostly by removing things from them. Corrections are welcome, and are made in public.
"""

NOT_FOUND_TITLE = "This page does not hang straight"


@rx.page(
    route="/about",
    title=f"About · {layout.NAME}",
    description="What Plumb Line is about, how its essays are written, and who writes them.",
    image=layout.IMAGE,
)
def about() -> rx.Component:
    return layout.page(
        rx.el.h1("About", class_name="font-serif text-4xl font-bold tracking-tight sm:text-5xl"),
        prose(ABOUT, "mt-8"),
    )


@rx.page(route="404", title=f"Not found · {layout.NAME}", description="There is no such page.")
def not_found() -> rx.Component:
    return layout.page(
        rx.el.div(
            rx.el.p(
                "404", class_name="font-serif text-7xl font-bold text-teal-700 dark:text-teal-400"
            ),
            rx.el.h1(NOT_FOUND_TITLE, class_name="font-serif text-3xl font-bold tracking-tight"),
            rx.el.p(
                "There is nothing at this address: perhaps it was mistyped, perhaps it has moved.",
                class_name=f"max-w-md text-lg {layout.QUIET}",
            ),
            rx.el.a(
                "Back to the essays",
                href="/",
                class_name="rounded-full bg-teal-700 px-6 py-3 font-medium text-white "
                f"transition-colors hover:bg-teal-800 {layout.FOCUS}",
            ),
            class_name="flex flex-col items-center gap-5 py-16 text-center",
        )
    )

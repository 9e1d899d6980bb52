"""The front page: the newest post, then all others."""

import reflex as rx

from . import cards, content, layout

# Wide enough, the first two cards share a row, and then three do.
_TWO_THEN_THREE = "lg:grid-cols-6 lg:*:col-span-2 lg:*:nth-[-n+2]:col-span-3"


@rx.page(
    route="/",
    title=f"{layout.NAME}: notes on building software that holds",
    description="Essays on performance, reliability and design, written slowly and measured twice.",
    image=layout.IMAGE,
)
def index() -> rx.Component:
    newest, *others = content.entries()
    return layout.page(
        rx.el.div(
            rx.el.h1(
                layout.TAGLINE,
                class_name="max-w-2xl font-serif text-4xl font-bold leading-tight tracking-tight "
                "text-balance sm:text-5xl",
            ),
            rx.el.p(
                "Essays on performance, reliability and design, written slowly and measured twice.",
                class_name=f"max-w-xl text-lg {layout.QUIET}",
            ),
            class_name="flex flex-col gap-4 pb-10 sm:pb-12",
        ),
        cards.featured(newest),
        rx.el.div(
            rx.el.h2("More essays", class_name="font-serif text-2xl font-bold tracking-tight"),
            cards.tag_list(content.tags()),
            class_name="flex flex-wrap items-center justify-between gap-4 pb-6 pt-14",
        ),
        cards.grid(*map(cards.card, others), class_name=_TWO_THEN_THREE),
    )

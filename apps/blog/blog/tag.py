"""The page of a tag: `/tag/<tag>`."""

import reflex as rx

from . import cards, content, layout
from .content import Entry


class TagState(rx.State):
    """The posts with the tag in the address."""

    name: str = ""
    entries: list[Entry] = []

    @rx.event
    def load(self):
        entries = content.entries(self.tag)
        if not entries:
            return rx.redirect("/404")
        self.name, self.entries = self.tag, entries


@rx.page(
    route="/tag/[tag]",
    title=f"Essays on {TagState.name} · {layout.NAME}",
    description=f"All essays that have to do with {TagState.name}.",
    image=layout.IMAGE,
    on_load=TagState.load,
)
def tag() -> rx.Component:
    return layout.page(
        rx.el.p("Tag", class_name=f"text-sm font-medium {layout.QUIET}"),
        rx.el.h1(
            TagState.name,
            class_name="pb-8 font-serif text-4xl font-bold capitalize tracking-tight sm:text-5xl",
        ),
        cards.grid(rx.foreach(TagState.entries, cards.card)),
    )

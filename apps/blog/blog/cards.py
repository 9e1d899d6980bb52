"""How lists show a post: the featured one, the cards, tags, the line under a title.

A post is a value here, or a Var that holds one: both have the same fields.
"""

import reflex as rx

from .content import Entry
from .layout import FOCUS, HOVER, QUIET

# What the title's link covers is the whole card, without a second link for the picture.
_WHOLE_CARD = "after:absolute after:inset-0"
_CARD = (
    "group relative overflow-hidden rounded-2xl border border-stone-200 bg-white shadow-sm "
    "transition duration-200 hover:-translate-y-0.5 hover:shadow-lg motion-reduce:transform-none "
    "focus-within:ring-2 focus-within:ring-teal-600 dark:border-stone-800 dark:bg-stone-900"
)


def featured(entry: Entry) -> rx.Component:
    """The newest post, over the width of the page."""
    return rx.el.article(
        _cover(entry, "aspect-video h-full w-full object-cover", loading="eager"),
        rx.el.div(
            by_line(entry),
            _title(entry, "text-3xl sm:text-4xl"),
            rx.el.p(entry.summary, class_name=f"text-lg leading-relaxed {QUIET}"),
            tag_list(entry.tags),
            class_name="flex flex-col justify-center gap-4 p-6 sm:p-9",
        ),
        class_name=f"{_CARD} grid md:grid-cols-2",
    )


def card(entry: Entry | rx.Var[Entry]) -> rx.Component:
    """A post in a grid."""
    return rx.el.article(
        _cover(entry, "aspect-video w-full object-cover", loading="lazy"),
        rx.el.div(
            by_line(entry),
            _title(entry, "text-xl"),
            rx.el.p(entry.summary, class_name=f"line-clamp-3 text-sm leading-relaxed {QUIET}"),
            rx.el.div(tag_list(entry.tags), class_name="mt-auto pt-1"),
            class_name="flex flex-1 flex-col gap-3 p-6",
        ),
        class_name=f"{_CARD} flex flex-col",
    )


def grid(*cards: rx.Component, class_name: str = "lg:grid-cols-3") -> rx.Component:
    """Cards side by side, as many as fit."""
    return rx.el.div(*cards, class_name=f"grid gap-6 sm:grid-cols-2 {class_name}")


def by_line(entry: Entry | rx.Var[Entry]) -> rx.Component:
    """When a post was written, and how long it takes to read."""
    return rx.el.p(
        rx.el.time(entry.shown_date, date_time=entry.date),
        rx.el.span("·", aria_hidden="true"),
        rx.el.span(entry.minutes, " min read"),
        class_name=f"flex gap-2 text-sm {QUIET}",
    )


def tag_list(tags: list[str] | rx.Var[list[str]]) -> rx.Component:
    """Links to the pages of the tags; above the link that covers a card."""
    return rx.el.ul(
        rx.foreach(tags, tag_link),
        aria_label="Tags",
        class_name="relative z-10 flex w-fit flex-wrap gap-2",
    )


def tag_link(tag: str | rx.Var[str]) -> rx.Component:
    """A tag."""
    return rx.el.li(
        rx.el.a(
            tag,
            href=f"/tag/{tag}",
            class_name="inline-block rounded-full bg-teal-50 px-3 py-1 text-xs font-medium "
            "text-teal-800 transition-colors hover:bg-teal-100 dark:bg-teal-950 "
            f"dark:text-teal-200 dark:hover:bg-teal-900 {FOCUS}",
        )
    )


def _title(entry: Entry | rx.Var[Entry], size: str) -> rx.Component:
    return rx.el.h2(
        rx.el.a(
            entry.title,
            href=f"/post/{entry.slug}",
            class_name=f"{HOVER} {_WHOLE_CARD} outline-none",
        ),
        class_name=f"font-serif font-bold leading-tight tracking-tight text-balance {size}",
    )


def _cover(entry: Entry | rx.Var[Entry], classes: str, loading: str) -> rx.Component:
    """The picture says nothing that the title does not."""
    return rx.el.img(
        src=entry.cover, alt="", width="800", height="450", loading=loading, class_name=classes
    )

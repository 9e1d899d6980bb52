"""The page of one post: `/post/<slug>`."""

import reflex as rx

from . import cards, content, layout
from .content import Entry, Post
from .prose import prose


class PostState(rx.State):
    """The post that is being read, and its neighbours."""

    post: Post = Post()
    newer: Entry | None = None
    older: Entry | None = None

    @rx.event
    def load(self):
        posts, place = content.newest_first(), content.find(self.slug)
        if place is None:
            return rx.redirect("/404")
        self.post = posts[place]
        self.newer = content.entry_of(posts[place - 1]) if place > 0 else None
        self.older = content.entry_of(posts[place + 1]) if place + 1 < len(posts) else None


@rx.page(
    route="/post/[slug]",
    title=f"{PostState.post.title} · {layout.NAME}",
    description=PostState.post.summary,
    image=layout.IMAGE,
    meta=[{"property": "og:type", "content": "article"}],
    on_load=PostState.load,
)
def post() -> rx.Component:
    return layout.page(
        rx.el.article(
            _heading(PostState.post),
            prose(PostState.post.body, "max-w-none"),
            class_name="mx-auto max-w-3xl",
        ),
        rx.el.nav(
            _neighbour(PostState.older, "Older", "text-left"),
            _neighbour(PostState.newer, "Newer", "text-right sm:col-start-2"),
            aria_label="More essays",
            class_name="mx-auto mt-14 grid max-w-3xl gap-4 border-t border-stone-200 pt-8 "
            "sm:grid-cols-2 dark:border-stone-800",
        ),
    )


def _heading(shown: rx.Var[Post]) -> rx.Component:
    return rx.el.header(
        cards.tag_list(shown.tags),
        rx.el.h1(
            shown.title,
            class_name="font-serif text-4xl font-bold leading-tight tracking-tight text-balance "
            "sm:text-5xl",
        ),
        rx.el.p(shown.summary, class_name=f"text-xl leading-relaxed {layout.QUIET}"),
        cards.by_line(shown),
        rx.el.img(
            src=shown.cover,
            alt="",
            width="800",
            height="450",
            class_name="mt-4 aspect-video w-full rounded-2xl object-cover",
        ),
        class_name="flex flex-col gap-5 pb-10",
    )


def _neighbour(entry: rx.Var[Entry | None], label: str, classes: str) -> rx.Component:
    return rx.cond(
        entry,
        rx.el.a(
            rx.el.span(label, class_name=f"text-sm {layout.QUIET}"),
            rx.el.span(entry.title, class_name="font-serif text-lg font-bold leading-snug"),
            href=f"/post/{entry.slug}",
            rel="next" if label == "Older" else "prev",
            class_name=f"flex flex-col gap-1 p-2 {layout.HOVER} {layout.FOCUS} {classes}",
        ),
    )

"""The posts: Markdown files in `posts/`, each with a few lines of front matter.

They are read once, when the app is loaded. Not here: how they look.
"""

import dataclasses
import datetime
from pathlib import Path

import reflex as rx

WORDS_A_MINUTE = 180
_FOLDER = Path(__file__).parent.parent / "posts"


@dataclasses.dataclass
class Entry:
    """What lists show of a post."""

    slug: str = ""
    title: str = ""
    summary: str = ""
    date: str = ""  # as in 2026-03-12
    shown_date: str = ""  # as in 12 March 2026
    tags: list[str] = dataclasses.field(default_factory=list)
    minutes: int = 0
    cover: str = ""


@dataclasses.dataclass
class Post(Entry):
    """A whole post."""

    body: str = ""


def newest_first() -> list[Post]:
    """All posts."""
    return _POSTS


def find(slug: str) -> int | None:
    """Where in the list a post stands."""
    return next((place for place, post in enumerate(_POSTS) if post.slug == slug), None)


def entry_of(post: Post) -> Entry:
    """The post without its text."""
    return Entry(**{field.name: getattr(post, field.name) for field in dataclasses.fields(Entry)})


def entries(tag: str | None = None) -> list[Entry]:
    """What lists show of all posts, or of those with a tag."""
    return [entry_of(post) for post in _POSTS if tag is None or tag in post.tags]


def tags() -> list[str]:
    """Every tag, in alphabetical order."""
    return sorted({tag for post in _POSTS for tag in post.tags})


def _read(file: Path) -> Post:
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    day = datetime.date.fromisoformat(fields["date"])
    return Post(
        slug=file.stem,
        title=fields["title"],
        summary=fields["summary"],
        date=fields["date"],
        shown_date=f"{day.day} {day:%B %Y}",
        tags=fields["tags"].split(", "),
        minutes=max(1, round(len(body.split()) / WORDS_A_MINUTE)),
        cover=rx.asset(f"covers/{fields['cover']}.svg"),
        body=body.strip(),
    )


_POSTS = sorted(map(_read, _FOLDER.glob("*.md")), key=lambda post: post.date, reverse=True)

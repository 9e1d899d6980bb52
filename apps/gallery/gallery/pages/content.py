"""What shows text: code, Markdown, HTML, dates."""

import reflex as rx

from gallery.frame import page, sample

PYTHON = '''\
def greet(name: str) -> str:
    """Says hello."""
    # Everybody is greeted.
    return f"Hello, {name}!"'''

MARKDOWN = """
### A heading

Some *emphasis*, some **weight**, some `code`, and [a link](/layout).

> Quoted words.

- one
- two

| Tree  | Height |
| ----- | -----: |
| Oak   |   30 m |
| Birch |   20 m |

- [x] planted
- [ ] grown
"""

FORMULAS = r"""
The circle of radius $r$ has the area $\pi r^2$, and

$$
\int_0^1 x^2\,dx = \frac{1}{3}.
$$
"""

FENCED = """
```javascript
const doubled = [1, 2, 3].map((number) => number * 2);
```
"""

NOON = "2024-05-17T12:00:00+00:00"


@rx.page(route="/content", title="Content")
def content() -> rx.Component:
    """Code in its colours, text with structure, dates in words."""
    return page("Content", *_code(), *_markdown(), *_dates())


def _code() -> list[rx.Component]:
    return [
        sample("code", rx.text("Call ", rx.code("greet()"), " and read.")),
        sample(
            "code_block",
            rx.code_block(PYTHON, language="python", width="100%"),
            rx.code_block(
                PYTHON,
                language="python",
                show_line_numbers=True,
                starting_line_number=10,
                width="100%",
            ),
        ),
        sample(
            "code_block with a theme and a button",
            rx.box(
                rx.code_block(
                    "SELECT name FROM trees WHERE height > 20;",
                    language="sql",
                    theme=rx.code_block.themes.a11y_dark,
                    can_copy=True,
                ),
                width="100%",
            ),
        ),
        sample("html", rx.html("<p>Written as <b>HTML</b>.</p>")),
    ]


def _markdown() -> list[rx.Component]:
    return [
        sample("markdown", rx.markdown(MARKDOWN)),
        sample("markdown with formulas", rx.markdown(FORMULAS)),
        sample("markdown with code", rx.markdown(FENCED, width="100%")),
        sample(
            "markdown with components of the page",
            rx.markdown(
                "### A heading\n\n`code` and [a link](/layout)",
                component_map={
                    "h3": lambda text: rx.heading(text, as_="h3", size="5", color_scheme="grass"),
                    "code": lambda text: rx.badge(text, color_scheme="amber"),
                    "a": lambda text: rx.link(text, underline="always"),
                },
            ),
        ),
    ]


def _dates() -> list[rx.Component]:
    return [
        sample(
            "moment",
            rx.moment(NOON, format="YYYY-MM-DD HH:mm", tz="UTC"),
            rx.moment(NOON, format="dddd, LL", tz="America/New_York"),
            rx.moment(NOON, format="dddd, LL", locale="fr", tz="Europe/Paris"),
            rx.moment(NOON, from_="2024-05-10T12:00:00+00:00", element="span"),
            rx.moment(NOON, diff="2024-05-10T12:00:00+00:00", unit="days", element="span"),
            rx.moment("2024-05-17T13:30:00+00:00", duration=NOON, format="h [h] m [min]"),
        ),
        sample(
            "moment_provider",
            rx.moment_provider(
                rx.moment(NOON),
                format="LLLL",
                locale="de",
                timezone="Europe/Berlin",
            ),
        ),
    ]

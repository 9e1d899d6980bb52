"""Markdown as typography: plain elements, which Tailwind's class `prose` gives their looks."""

import reflex as rx

_PLAIN = "h2 h3 p ul ol li a code blockquote table thead tbody tr th td".split()
# Figures are all of one shape, so that there is room for them before they are loaded.
_LOOKS = (
    "prose prose-stone sm:prose-lg dark:prose-invert prose-headings:font-serif "
    "prose-headings:tracking-tight prose-a:text-teal-700 dark:prose-a:text-teal-400 "
    "prose-img:aspect-[56/23] prose-img:w-full prose-img:rounded-xl prose-table:text-base "
    "prose-th:font-sans"
)


def prose(text: str | rx.Var[str], class_name: str = "") -> rx.Component:
    """A text in Markdown."""
    return rx.markdown(
        text,
        component_map={**{tag: getattr(rx.el, tag) for tag in _PLAIN}, "pre": _code},
        use_math=False,
        use_katex=False,
        use_raw=False,
        class_name=f"{_LOOKS} {class_name}",
    )


def _code(text: str, **props) -> rx.Component:
    looks = "not-prose border border-stone-200 text-sm dark:border-stone-800"
    return rx.code_block(text, class_name=looks, wrap_long_lines=True, **props)

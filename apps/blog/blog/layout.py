"""What every page stands in: the header, the footer, and the way past them by keyboard."""

import reflex as rx

NAME = "Plumb Line"
TAGLINE = "Notes on building software that holds."
# What others show of a link to the blog: they want a whole address.
IMAGE = f"{rx.config.get_config().deploy_url}/og.png"
WIDTH = "mx-auto w-full max-w-5xl px-5 sm:px-8"
FOCUS = (
    "rounded focus-visible:outline-2 focus-visible:outline-offset-4 focus-visible:outline-teal-600"
)
QUIET = "text-stone-600 dark:text-stone-400"
HOVER = "transition-colors hover:text-teal-700 dark:hover:text-teal-400"


def page(*content: rx.Component) -> rx.Component:
    """A page of the blog around its content."""
    return rx.el.div(
        rx.el.a(
            "Skip to the content",
            href="#content",
            class_name="sr-only focus:not-sr-only focus:fixed focus:left-4 focus:top-4 focus:z-50 "
            "focus:rounded-md focus:bg-teal-700 focus:px-4 focus:py-2 focus:text-white",
        ),
        _header(),
        rx.el.main(*content, id="content", class_name=f"{WIDTH} flex-1 py-10 sm:py-14"),
        _footer(),
        class_name="flex min-h-screen flex-col bg-stone-50 font-sans text-stone-900 antialiased "
        "dark:bg-stone-950 dark:text-stone-100",
    )


def _header() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                _mark(),
                NAME,
                href="/",
                class_name="mr-auto flex items-center gap-2.5 font-serif text-xl font-bold "
                f"tracking-tight {FOCUS}",
            ),
            rx.el.nav(
                _navigation_link("Essays", "/"),
                _navigation_link("About", "/about"),
                aria_label="Main",
                class_name="flex items-center gap-5 text-sm font-medium sm:gap-7",
            ),
            _mode_button(),
            class_name=f"{WIDTH} flex h-16 items-center gap-4 sm:gap-6",
        ),
        class_name="sticky top-0 z-40 border-b border-stone-200 bg-stone-50/90 backdrop-blur "
        "dark:border-stone-800 dark:bg-stone-950/90",
    )


def _mark() -> rx.Component:
    """A plumb bob on its line."""
    return rx.el.svg(
        rx.el.svg.path(
            d="M12 1v8M7 9h10l-5 14z",
            fill="currentColor",
            stroke="currentColor",
            stroke_width="2",
            stroke_linejoin="round",
        ),
        view_box="0 0 24 24",
        width="22",
        height="22",
        aria_hidden="true",
        class_name="text-teal-700 dark:text-teal-400",
    )


def _navigation_link(name: str, address: str) -> rx.Component:
    return rx.el.a(name, href=address, class_name=f"{QUIET} {HOVER} {FOCUS}")


def _mode_button() -> rx.Component:
    return rx.el.button(
        rx.icon("moon", size=18, class_name="dark:hidden", aria_hidden="true"),
        rx.icon("sun", size=18, class_name="hidden dark:block", aria_hidden="true"),
        type="button",
        on_click=rx.toggle_color_mode,
        aria_label="Toggle dark mode",
        class_name=f"-mr-2 grid size-10 cursor-pointer place-items-center {QUIET} {HOVER} {FOCUS}",
    )


def _footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.p(NAME, ". ", TAGLINE),
            rx.el.nav(
                _navigation_link("About", "/about"),
                rx.el.a("RSS", href="/feed.xml", class_name=f"{HOVER} {FOCUS}"),
                aria_label="Footer",
                class_name="flex gap-6",
            ),
            class_name=f"{WIDTH} flex flex-col gap-3 py-8 text-sm sm:flex-row sm:justify-between "
            f"{QUIET}",
        ),
        class_name="border-t border-stone-200 dark:border-stone-800",
    )

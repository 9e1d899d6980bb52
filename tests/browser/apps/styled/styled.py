"""Every way in which an app says how it looks: the test reads computed styles from it."""

import reflex as rx


class State(rx.State):
    appearance: str = "dark"
    is_wide: bool = False

    @rx.event
    def change(self):
        self.appearance = "light"
        self.is_wide = True


def box(name: str, *children, **props) -> rx.Component:
    """An element that the test finds by its name."""
    return rx.el.div(*children, id=name, **props)


def index() -> rx.Component:
    return rx.vstack(
        rx.heading("Styled", id="heading"),
        rx.heading("Own", id="own-heading", letter_spacing="7px"),
        rx.text("Text", id="text"),
        rx.el.p(rx.el.a("link", href="#", id="link"), id="paragraph"),
        box("sheet", class_name="from-sheet"),
        box("folder", class_name="from-folder"),
        box("pseudo", "hover", _hover={"color": "rgb(1, 2, 3)"}, _before={"content": "'b'"}),
        box("responsive", width=["10px", "20px", "30px"]),
        box("nested-responsive", _hover=[{"top": "1px"}], style={"& > b": {"color": "red"}}),
        box("chosen", style=rx.cond(State.is_wide, {"width": "50px"}, {"width": "40px"})),
        box("clamp", style={"WebkitLineClamp": 3, "--gap": "5px", "padding_x": "var(--gap)"}),
        box(
            "animated",
            style={"@keyframes blink": {"to": {"opacity": "0.5"}}, "animation": "blink 9s"},
        ),
        box("scale", background=rx.color("plum", 9)),
        box("mode", color=rx.color_mode_cond(light="rgb(1, 1, 1)", dark="rgb(2, 2, 2)")),
        rx.theme(
            rx.button("inner", id="inner"),
            accent_color="tomato",
            appearance=State.appearance,
            id="theme",
        ),
        rx.image(src="/dot.svg", id="image", alt="a dot"),
        rx.button("change", on_click=State.change, id="change"),
        rx.color_mode.button(id="toggle"),
    )


app = rx.App(
    theme=rx.theme(accent_color="grass"),
    style={
        "font_size": "19px",
        "font_family": "monospace",
        "_light": {"background": "rgb(250, 240, 230)"},
        "a": {"color": "rgb(9, 8, 7)"},
        "::selection": {"background": "rgb(6, 6, 6)"},
        rx.heading: {"letter_spacing": "3px"},
        rx.el.p: {"margin_top": "11px", "_hover": {"color": "red"}},
    },
    stylesheets=["/extra.css", "more"],
    head_components=[
        rx.el.meta(name="color", content="plum & more"),
        rx.el.script("window.fromHead = 1 < 2"),
        rx.el.link(rel="author", href="/humans.txt"),
    ],
    html_lang="de",
    html_custom_attrs={"data-app": "styled"},
)
app.add_page(index, title="Styled")

"""Content and behaviour: what is highlighted, drawn, run, pasted, held back, told by the window."""

import reflex as rx


class Content(rx.State):
    language: str = "python"
    theme: str = "dark"
    text: str = "# Plain\n\nNothing else."
    typed: str = ""
    changes: list[str] = []
    pasted: list[tuple[str, str]] = []
    size: str = ""
    scrolled: float = 0
    hash_changes: int = 0
    scripts: list[str] = []
    dates: list[str] = []
    media: list[str] = []
    lines: list[str] = []

    @rx.event
    def type(self, text: str):
        self.typed = text
        self.changes.append(text)

    @rx.event
    def paste(self, items: list[tuple[str, str]]):
        self.pasted = items

    @rx.event
    def resize(self, width: int, height: int):
        self.size = f"{width}x{height}"

    @rx.event
    def scroll(self, x: float, y: float):
        self.scrolled = y

    @rx.event
    def change_hash(self):
        self.hash_changes += 1

    @rx.event
    def ran(self, name: str):
        self.scripts.append(name)

    @rx.event
    def dated(self, text: str):
        self.dates.append(text)

    @rx.event
    def played(self, what: str):
        self.media.append(what)

    @rx.event
    def add_lines(self):
        count = len(self.lines)
        self.lines += [f"line {number}" for number in range(count, count + 20)]

    @rx.event
    def write(self, text: str):
        self.text = text


CODE = "def f(x):\n    return x + 1"


@rx.page(route="/", title="Code")
def index() -> rx.Component:
    return rx.vstack(
        rx.code_block(CODE, language=Content.language, can_copy=True, id="code"),
        rx.code_block("let x = 1;", language="js", theme=rx.code_block.themes.dracula, id="themed"),
        rx.code_block(
            "a\nb",
            language="text",
            theme=rx.color_mode_cond(rx.code_block.themes.vs, rx.code_block.themes.nord),
            show_line_numbers=True,
            starting_line_number=7,
            border="3px solid red",
            id="numbered",
        ),
        rx.button("To JSON", on_click=Content.set_language("json")),
        padding="1em",
    )


@rx.page(route="/markdown", title="Markdown")
def markdown() -> rx.Component:
    return rx.vstack(
        rx.markdown(Content.text, id="text"),
        rx.markdown(
            "## Title\n\n[link](/next) and `code`\n\n```rust\nlet x = 1;\n```",
            component_map={
                "h2": lambda text: rx.heading(text, as_="h2", id="mapped", color=rx.color("red", 11)),
                "a": lambda text: rx.link(text, class_name="mapped-link", on_click=Content.ran("link")),
                "code": lambda text: rx.badge(text, Content.language, class_name="mapped-code"),
                "codeblock": lambda text, **props: rx.el.pre(
                    props["language"], ": ", text, class_name="mapped-block"
                ),
            },
        ),
        rx.text_area(value=Content.text, on_change=Content.write, aria_label="Text"),
        padding="1em",
    )


@rx.page(route="/prepared", title="Prepared")
def prepared() -> rx.Component:
    return rx.vstack(
        rx.markdown(
            "## Constant\n\n[there](/markdown) and `code`\n\n```python\nx = 1\n```",
            component_map={
                "code": lambda text: rx.badge(text, Content.text, id="live"),
                "pre": lambda text, **props: rx.code_block(text, can_copy=True, **props),
            },
        ),
        rx.box(rx.markdown(Content.text), id="changing"),
        rx.button("Change", on_click=Content.write("**Changed**")),
        padding="1em",
    )


@rx.page(route="/behaviour", title="Behaviour")
def behaviour() -> rx.Component:
    return rx.vstack(
        rx.debounce_input(
            rx.input(value=Content.typed, on_change=Content.type, aria_label="Search"),
            debounce_timeout=500,
        ),
        rx.text(Content.changes.to_string(), id="changes"),
        rx.clipboard(
            rx.el.input(id="target", aria_label="Target"),
            on_paste=Content.paste.prevent_default,
        ),
        rx.text(Content.pasted.to_string(), id="pasted"),
        rx.window_event_listener(
            on_resize=Content.resize,
            on_scroll=Content.scroll,
            on_hash_change=Content.change_hash,
        ),
        rx.text(Content.size, id="size"),
        rx.text(Content.scrolled, id="scrolled"),
        rx.text(Content.hash_changes, id="hashes"),
        rx.auto_scroll(
            rx.foreach(Content.lines, rx.text), id="follow", height="100px", width="200px"
        ),
        rx.button("Add lines", on_click=Content.add_lines),
        rx.connection_banner(rx.text("The server is away", id="away")),
        rx.toast.provider(position="top-left"),
        rx.button("Toast", on_click=rx.toast.info("hello")),
        rx.text(Content.scripts.to_string(), id="mounted"),
        rx.box(height="2000px"),
        on_mount=Content.ran("page"),
        padding="1em",
    )


@rx.page(route="/scripts", title="Scripts")
def scripts() -> rx.Component:
    return rx.vstack(
        rx.script("globalThis.inline = (globalThis.inline ?? 0) + 1", on_load=Content.ran("inline")),
        rx.script(src="/own.js", on_load=Content.ran("own"), on_ready=Content.ran("ready")),
        rx.script(src="/missing.js", on_error=Content.ran("missing")),
        rx.el.script("globalThis.element = 'ran'"),
        rx.text(Content.scripts.to_string(), id="scripts"),
        rx.html("<img src=x onerror='globalThis.bad = 1'><script>globalThis.bad = 1</script>"),
        rx.el.iframe(src_doc="<p>framed</p>", title="Frame"),
    )


@rx.page(route="/dates", title="Dates")
def dates() -> rx.Component:
    noon = "2024-05-17T12:00:00+00:00"
    return rx.vstack(
        rx.moment(noon, format="dddd D MMMM", locale="fr", tz="UTC", id="french"),
        rx.moment(noon, format="HH:mm", tz="America/New_York", id="zone"),
        rx.moment(noon, format="dddd", tz="UTC", id="english", on_change=Content.dated),
        rx.moment("2024-05-17T14:30:00+00:00", duration=noon, format="h:mm", id="duration"),
        rx.moment(noon, add={"days": 1}, format="D", tz="UTC", id="added"),
        rx.moment_provider(rx.moment(noon, id="provided"), format="YYYY", locale="de"),
        rx.text(Content.dates.to_string(), id="dates"),
    )


@rx.page(route="/media", title="Media")
def media() -> rx.Component:
    return rx.vstack(
        rx.audio(
            src="/tone.wav",
            on_duration_change=lambda seconds: Content.played(f"duration {seconds}"),
            on_progress=lambda at: Content.played(f"loaded {at['loaded']}"),
            on_ready=Content.played("ready"),
            width="300px",
            height="50px",
        ),
        rx.text(Content.media.to_string(), id="media"),
    )


app = rx.App()

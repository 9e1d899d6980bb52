"""Components of an app's own classes: from files in assets/, with hooks, code and events."""

import reflex as rx


class State(rx.State):
    color: str = "red"
    index: int = -1
    keys: list[str] = []
    names: list[str] = ["a", "b"]

    @rx.event
    def pick(self, color: str, index: int):
        self.color = color
        self.index = index

    @rx.event
    def press(self, key: str):
        self.keys.append(key)


class Swatches(rx.Component):
    library = "@paint/swatches@1.0.0"
    tag = "Swatches"
    colors: rx.Var[list[str]]
    selected: rx.Var[str]
    line_width: rx.Var[int] = 2
    on_pick: rx.EventHandler[lambda picked, index: [picked.color, index]]

    def add_imports(self):
        return {"": "@paint/swatches.css"}


class Note(Swatches):
    tag = "Swatches.Note"
    text: rx.Var[str]


class Framed(rx.NoSSRComponent):
    library = "@paint/swatches"
    tag = "Framed"
    is_default = True


class Local(rx.el.Div):
    library = "/public/local.js"
    tag = "Local"
    name: rx.Var[str]


class Counted(rx.Component):
    """An element that counts its clicks with hooks of its own."""

    tag = "button"
    step: rx.Var[int]

    def add_imports(self):
        return {"react": ["useState", "useEffect"]}

    def add_custom_code(self):
        return ["const doubled = (number) => number * 2;"]

    def add_hooks(self):
        return [
            "const [count, setCount] = useState(0);",
            f"useEffect(() => {{ document.title = `counted ${{count}}`; }}, [count]);",
        ]

    @classmethod
    def create(cls, *children, **props):
        more = rx.Var("() => setCount(count + 1)")
        return super().create(*children, rx.Var("doubled(count)"), on_click=more, **props)

    def _exclude_props(self):
        return ["step"]


class Keys(rx.Fragment):
    """Listens to keys wherever the focus is."""

    key_map: dict[str, object] = {}

    def add_imports(self):
        return {"react": "useEffect"}

    def add_hooks(self):
        key_map = rx.Var.create(
            {
                key: rx.EventChain.create(args_spec=rx.event.key_event, value=handler)
                for key, handler in self.key_map.items()
            }
        )
        return [
            rx.Var(f"const key_map = {key_map}"),
            """
            useEffect(() => {
                const listen = (event) => key_map[event.key]?.(event);
                document.addEventListener("keydown", listen);
                return () => document.removeEventListener("keydown", listen);
            }, [])
            """,
        ]

    def render(self):
        return {}


class Loud(rx.Button):
    @classmethod
    def create(cls, *children, **props):
        button = super().create(*children, size="3", **props)
        button.class_name = "loud"
        return button


@rx.memo
def entry(name: str, on_choose: rx.EventHandler[rx.event.no_args_event_spec]):
    return rx.el.li(Loud.create("choose " + name, on_click=on_choose))


def index():
    return rx.vstack(
        Framed.create(rx.text("inside")),
        Swatches.create(
            Note.create(text="picked " + State.color),
            colors=["green", "blue"],
            selected=State.color,
            on_pick=State.pick,
            id="swatches",
        ),
        rx.text("index ", State.index),
        Local.create(name=State.color, title="local", color="rgb(1, 2, 3)"),
        Counted.create("counted ", step=3),
        Keys.create(key_map={"a": State.press, "b": State.press("other")}),
        rx.text("keys ", State.keys.join(",")),
        rx.el.ul(
            rx.foreach(
                State.names,
                lambda name: entry(name=name, on_choose=State.pick(name, 7), key=name),
            )
        ),
        rx.foreach(State.names, lambda name: Counted.create(name, " ")),
    )


app = rx.App()
app.add_page(index)

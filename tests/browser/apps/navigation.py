"""Pages that lead to each other in every way that there is."""

import reflex as rx


class Site(rx.State):
    """What stays when the page changes, and what is told of the changes."""

    count: int = 0
    never: bool = False
    log: list[str] = []
    text: str = "given"

    @rx.event
    def write(self, text: str):
        self.text = text

    @rx.event
    def send(self, data: dict[str, str]):
        self.log.append(f"sent {data['name']}")

    @rx.event
    def add(self):
        self.count += 1

    @rx.event
    def loaded(self, name: str):
        self.log.append(f"load {name} {self.router.url.path}{self.router.url.query}")

    @rx.event
    def note(self, text: str):
        self.log.append(text)

    @rx.event
    def leave(self):
        yield rx.toast.info("on the way")
        return rx.redirect("/about")

    @rx.event
    def replaced(self):
        return rx.redirect("/about", replace=True)


def frame(name: str, *content: rx.Component) -> rx.Component:
    """A page: links, what the state holds, and its content."""
    return rx.box(
        rx.hstack(
            rx.link("home", href="/", id="to-home"),
            rx.link("about", href="/about", id="to-about"),
            rx.link("post 1", href="/post/1", id="to-post"),
            rx.link("post new", href="/post/new", id="to-new"),
            rx.link("next post", href="/post/2?x=1#end", id="to-end"),
            rx.link("end", href="#end", id="to-hash"),
            rx.link("script", href="/script", id="to-script"),
            rx.link("file", href="/plain.txt", id="to-file"),
            rx.link("outside", href="https://example.invalid/", id="to-outside"),
            rx.link("new tab", href="/about", is_external=True, id="to-tab"),
            rx.link("replacing", href="/about", replace=True, id="to-replace"),
            rx.link("replacing end", href="#end", replace=True, id="to-replace-hash"),
            rx.link("not replacing", href="/about", replace=Site.never, id="to-not-replace"),
            rx.link("staying", href="/about", prevent_scroll_reset=True, id="to-stay"),
            rx.link("reloading", href="/about", reload_document=True, id="to-reload"),
            rx.link("maybe a tab", href="/about", is_external=Site.never, id="to-no-tab"),
            rx.el.a("download", href="/about", download="about.html", id="to-download"),
            rx.el.a("taken", href="/about", id="taken", on_click=rx.prevent_default),
        ),
        rx.heading(name),
        rx.text(Site.count, id="count"),
        rx.text(Site.log.join(" | "), id="log"),
        rx.hstack(
            rx.button("add", on_click=Site.add),
            rx.button("redirect", on_click=Site.leave),
            rx.button("replace", on_click=Site.replaced),
            rx.button("back", on_click=rx.call_script("history.back()")),
            rx.input(placeholder="typed", id="typed"),
        ),
        rx.box(
            on_mount=Site.note(f"mount {name}"),
            on_unmount=Site.note(f"unmount {name}"),
        ),
        *content,
        rx.box("the end", id="end", margin_top="2000px"),
        padding="1em",
    )


@rx.page(route="/", title="Home", on_load=Site.loaded("home"))
def index():
    return frame(
        "Home",
        rx.box("red", color="rgb(200, 0, 0)", id="own"),
        rx.input(value=Site.text, on_change=Site.write, id="written"),
        rx.text(Site.text, id="text"),
        rx.form(rx.input(name="name", id="name"), rx.button("send"), on_submit=Site.send),
    )


@rx.page(
    route="/about",
    title="About us",
    description="What we are",
    meta=[{"name": "keywords", "content": "about"}],
    on_load=Site.loaded("about"),
)
def about():
    return frame("About", rx.tooltip(rx.box("green", color="rgb(0, 120, 0)", id="own"), content="tip"))


@rx.page(route="/post/[id]", title="A post", on_load=Site.loaded("post"))
def post():
    return frame("Post")


@rx.page(route="/post/new", title="New post")
def new_post():
    return frame("New")


@rx.page(route="/script", title="With a script")
def script():
    return frame("Script", rx.script("window.ranHere = true"))


app = rx.App()

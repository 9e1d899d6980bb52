"""An app below a prefix that its author gave it: everything that has an address."""

import reflex as rx


class Site(rx.State):
    count: int = 0
    kept: list[str] = []

    @rx.event
    def add(self):
        self.count += 1

    @rx.event
    def leave(self):
        return rx.redirect("/about?from=event")

    @rx.event
    def moved(self):
        return rx.redirect("/about")

    @rx.event
    async def keep(self, files: list[rx.UploadFile]):
        for file in files:
            (rx.get_upload_dir() / file.filename).write_bytes(await file.read())
            self.kept.append(file.filename)


def frame(name: str, *content: rx.Component) -> rx.Component:
    return rx.box(
        rx.hstack(
            rx.link("home", href="/", id="to-home"),
            rx.link("about", href="/about", id="to-about"),
            rx.link("post", href="/post/7", id="to-post"),
            rx.link("file", href="/mark.svg", id="to-file"),
        ),
        rx.heading(name),
        rx.text(Site.count, id="count"),
        rx.text(rx.State.router.url.path, id="path"),
        rx.button("add", on_click=Site.add),
        rx.button("redirect", on_click=Site.leave),
        *content,
        padding="1em",
    )


@rx.page(route="/", title="Home", image="/mark.svg")
def index():
    return frame(
        "Home",
        rx.image(src="/mark.svg", alt="mark", id="mark"),
        rx.text("styled", id="styled"),
        rx.markdown("A formula, $x^2$, and ![a mark](/mark.svg)", use_math=True),
        rx.code_block("x = 1", language="python"),
        rx.upload(rx.text("choose"), id="files"),
        rx.button("send", on_click=Site.keep(rx.upload_files(upload_id="files"))),
        rx.foreach(Site.kept, lambda name: rx.link(name, href=rx.get_upload_url(name))),
        rx.button("download", on_click=rx.download(url="/mark.svg")),
    )


@rx.page(route="/about", title="About")
def about():
    return frame("About", rx.recharts.bar_chart(rx.recharts.bar(data_key="n"), data=[{"n": 1}]))


@rx.page(route="/post/[number]", title="Post")
def post():
    return frame("Post", rx.text(rx.State.number, id="number"))


@rx.page(route="/old", on_load=Site.moved)
def old():
    return frame("Old")


app = rx.App(stylesheets=["/more.css"])
app.add_page(lambda: frame("Lost"), route="404", title="Lost")

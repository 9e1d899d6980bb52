"""Pages with arguments in their routes, a title of the state's, a page for what is lost."""

import reflex as rx


class Blog(rx.State):
    title: str = "Blog"
    opened: int = 0

    @rx.var
    def shown(self) -> str:
        return f"post {self.post_id}, {self.router.page.params.get('sort', 'unsorted')}"

    @rx.event
    def open_again(self):
        self.opened += 1

    def load(self):
        self.opened += 1
        self.title = f"Post {self.post_id}"


@rx.page("/", title="Front")
def index():
    return rx.link("seven", href="/post/7?sort=up", id="seven")


@rx.page(
    "/post/[post_id]",
    title=Blog.title,
    description=f"Opened {Blog.opened} times",
    image="/card.png",
    meta=[
        {"name": "theme-color", "content": "#336699"},
        {"property": "og:title", "content": Blog.title},
        rx.el.link(rel="canonical", href=f"/post?opened={Blog.opened}"),
    ],
    on_load=Blog.load,
)
def post():
    router = rx.State.router
    return rx.vstack(
        rx.heading(rx.State.post_id, id="argument"),
        rx.text(Blog.shown, id="computed"),
        rx.text(router.page.params["post_id"], " ", router.page.params.get("sort"), id="params"),
        rx.text(router.url.path, " ", router.url.query, " ", router.url, id="url"),
        rx.text(router.page.path, " ", router.route_id, id="route"),
        rx.button("again", on_click=Blog.open_again, id="again"),
        rx.link("front", href="/", id="to-front"),
    )


@rx.page("/docs/[[...splat]]")
def docs():
    return rx.box(rx.foreach(rx.State.splat, lambda part: rx.text(part, class_name="part")))


app = rx.App()
app.add_page(lambda: rx.text("nothing here", id="lost"), route="404", title="Lost")

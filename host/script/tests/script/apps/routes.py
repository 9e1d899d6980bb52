"""Routes with arguments, heads that depend on the state, on_load in all its forms."""

import reflex as rx


class Blog(rx.State):
    title: str = "Nothing yet"
    loaded: list[str] = []
    given: str = ""

    @rx.var
    def heading(self) -> str:
        return f"{self.post_id}/{'+'.join(self.splat)}"

    def load(self):
        self.title = f"Post {self.post_id}"
        self.loaded.append("load")

    def note(self, what: str):
        self.loaded.append(what)

    def where(self):
        router = self.router
        self.given = repr((
            router.page.path, router.page.raw_path, router.page.full_raw_path,
            router.page.params, router.route_id,
        ))  # fmt: skip

    def address(self):
        url = self.router.url
        self.given = repr((
            isinstance(url, str), str(url) == url.href, url.scheme, url.netloc, url.origin,
            url.path, url.query, url.query_parameters, url.fragment, url.upper()[:4],
        ))  # fmt: skip

    def arguments(self):
        self.given = repr((self.post_id, self.splat, self.tab))

    def assign(self):
        self.post_id = "x"


class Own(rx.State):
    # An own field of the name hides the argument, as in Reflex.
    tab: str = "own"

    def note_tab(self):
        self.tab += "!"


@rx.page("/", title="Front")
def index():
    return rx.text("front")


@rx.page(
    "/post/[post_id]",
    title=f"{Blog.title} · Blog",
    description=Blog.heading,
    image="/card.png",
    meta=[
        {"name": "theme-color", "content": "#abc"},
        {"property": "og:title", "content": Blog.title},
        rx.el.meta(name="robots", content="noindex"),
    ],
    on_load=[Blog.load, Blog.note("list"), lambda: Blog.note("lambda")],
)
def post():
    router = rx.State.router
    return rx.vstack(
        rx.text(Blog.heading, rx.State.post_id, Blog.post_id.upper()),
        rx.text("at ", router.url, router.url.path, router.url.query_parameters["q"]),
        rx.text(router.page.params.get("post_id"), router.headers.user_agent.upper()),
        rx.text(router.page.path.length(), router.route_id, router.url.startswith("http")),
    )


def docs():
    return rx.foreach(rx.State.splat, rx.text)


def AboutUs():
    return rx.text(Own.tab)


def lost():
    return rx.text("lost")


app = rx.App()
app.add_page(docs, route="docs/[[...splat]]", on_load=Blog.load)
app.add_page(AboutUs)
app.add_page(rx.text("tab"), route="/tabs/[[tab]]", script_tags=[rx.script("go()")])
app.add_page(lost, route="404")
app.add_page(index, description="The front page")

"""HTML's own elements. Not here: those that belong into a document's head or around all of it
(`base`, `body`, `head`, `link`, `meta`, `script`, `style`, `title`)."""

import reflex as rx

from gallery.frame import page, sample

_INLINE = (
    "abbr b bdi cite code data dfn del em i ins kbd mark q s samp small span strong sub sup time u"
)
_BLOCKS = "address article aside blockquote div footer header nav p pre section"
# The smallest picture that there is: one grey point.
_POINT = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="


@rx.page(route="/html", title="HTML")
def html() -> rx.Component:
    """Elements as `rx.el` has them."""
    return page(
        "HTML",
        sample("inline", _inline()),
        sample("blocks", *[_block(name) for name in _BLOCKS.split()]),
        sample("h2 to h6", *[getattr(rx.el, f"h{level}")(f"h{level}") for level in range(2, 7)]),
        sample("lists", _lists()),
        sample("table", _table()),
        sample("figure, picture, map, canvas", _pictures()),
        sample("details, dialog", _interactive()),
        sample("form and its controls", _form()),
        sample("meter, progress, output", _values()),
        sample("ruby, bdo, wbr, br, hr", _marks()),
        sample("a, slot, template, noscript, object", _others()),
        sample("audio, video, track, iframe, math", _embedded()),
    )


def _inline() -> rx.Component:
    words = []
    for name in _INLINE.split():
        words += [getattr(rx.el, f"{name}_" if name == "del" else name)(name), " "]
    return rx.el.p(*words)


def _block(name: str) -> rx.Component:
    # Of a landmark there may be several only when each has a name.
    label = {"aria_label": name} if name in ("aside", "nav", "section") else {}
    if name in ("footer", "header"):
        return rx.el.article(getattr(rx.el, name)(name))
    return getattr(rx.el, name)(name, **label)


def _lists() -> rx.Component:
    return rx.hstack(
        rx.el.ul(rx.el.li("ul"), rx.el.li("li")),
        rx.el.ol(rx.el.li("ol"), rx.el.li("li"), start=3, reversed=True),
        rx.el.dl(rx.el.dt("dt"), rx.el.dd("dd")),
        spacing="6",
    )


def _table() -> rx.Component:
    return rx.el.table(
        rx.el.caption("caption"),
        rx.el.colgroup(rx.el.col(span=1), rx.el.col(background=rx.color("accent", 3))),
        rx.el.thead(rx.el.tr(rx.el.th("th", scope="col"), rx.el.th("th", scope="col"))),
        rx.el.tbody(rx.el.tr(rx.el.td("td"), rx.el.td("td"))),
        rx.el.tfoot(rx.el.tr(rx.el.td("col_span=2", col_span=2))),
    )


def _pictures() -> rx.Component:
    return rx.hstack(
        rx.el.figure(_image("figure"), rx.el.figcaption("figcaption")),
        rx.el.picture(rx.el.source(src_set=_POINT, media="print"), _image("picture")),
        rx.fragment(
            rx.el.img(src=_POINT, alt="map", width="40px", height="40px", use_map="#areas"),
            rx.el.map(
                rx.el.area(shape="rect", coords="0,0,40,40", href="/html", alt="the whole"),
                name="areas",
            ),
        ),
        rx.el.canvas(width="40px", height="40px", background=rx.color("accent", 5)),
        rx.image(src=_POINT, alt="image", width="40px", height="40px", border_radius="8px"),
        align="end",
    )


def _image(text: str) -> rx.Component:
    return rx.el.img(src=_POINT, alt=text, width="40px", height="40px")


def _interactive() -> rx.Component:
    return rx.fragment(
        rx.el.details(rx.el.summary("summary"), "details", open=True),
        rx.el.dialog("dialog", open=True, position="static"),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend("legend"),
            rx.el.label("input", html_for="html-input"),
            rx.el.input(id="html-input", name="text", placeholder="text", list="html-words"),
            rx.el.datalist(rx.el.option("one"), rx.el.option("two"), id="html-words"),
            rx.el.input(type="checkbox", default_checked=True, aria_label="checkbox"),
            rx.el.textarea(default_value="textarea", aria_label="textarea"),
            rx.el.select(
                rx.el.optgroup(rx.el.option("a", value="a"), label="optgroup"),
                rx.el.option("b", value="b"),
                default_value="b",
                aria_label="select",
            ),
            rx.el.button("button", type="button"),
        ),
    )


def _values() -> rx.Component:
    return rx.hstack(
        rx.el.meter(value=0.6, aria_label="meter"),
        rx.el.progress(value=30, max=100, aria_label="progress"),
        rx.el.output("output"),
        align="center",
    )


def _marks() -> rx.Component:
    return rx.fragment(
        rx.el.ruby("ruby", rx.el.rp("("), rx.el.rt("rt"), rx.el.rp(")")),
        rx.el.bdo("from right to left", dir="rtl"),
        rx.el.p("before", rx.el.br(), "after, a", rx.el.wbr(), "word"),
        rx.el.hr(width="100%"),
    )


def _others() -> rx.Component:
    return rx.fragment(
        rx.el.a("a", href="/html"),
        rx.el.div(rx.el.slot("slot"), rx.el.template("template"), rx.el.noscript("noscript")),
        rx.el.object("object"),
    )


def _embedded() -> rx.Component:
    return rx.vstack(
        rx.el.audio(src="/tone.wav", controls=True, preload="none", aria_label="A tone"),
        rx.el.video(
            rx.el.track(kind="captions", src_lang="en", label="English"),
            src="/still.webm",
            preload="none",
            width="160px",
            background="black",
            aria_label="A still picture",
        ),
        rx.el.iframe(src_doc="<p>A page of its own</p>", title="A page inside", height="60px"),
        rx.el.math("x"),
    )

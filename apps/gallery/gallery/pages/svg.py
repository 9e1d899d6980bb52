"""SVG's elements, as `rx.el.svg` has them."""

import reflex as rx

from gallery.frame import page, sample

svg = rx.el.svg

# The smallest picture that there is: one grey point.
_POINT = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="


@rx.page(route="/svg", title="SVG")
def drawings() -> rx.Component:
    """Shapes, text, what colours them, what uses them again."""
    return page(
        "SVG",
        sample("circle, ellipse, line, path, polygon, polyline, rect", _shapes()),
        sample("text, tspan, text_path, a", _texts()),
        sample("gradients, pattern, stop", _paints()),
        sample("g, defs, symbol, use, marker", _reused()),
        sample("clip_path, mask, foreign_object, image, switch", _cut()),
        sample("animate, set, title, desc, metadata, style", _described()),
    )


def _drawing(label: str, *children: rx.Component, role: str = "img") -> rx.Component:
    return svg(
        *children,
        role=role,
        aria_label=label,
        view_box="0 0 320 80",
        width="320",
        height="80",
        color=rx.color("accent", 10),
    )


def _shapes() -> rx.Component:
    line = {"stroke": "currentColor", "stroke_width": "4", "fill": "none"}
    return _drawing(
        "Shapes",
        svg.circle(cx=30, cy=40, r=20, fill="currentColor"),
        svg.ellipse(cx=85, cy=40, rx=25, ry=15, fill="currentColor"),
        svg.line(x1=120, y1=20, x2=150, y2=60, **line),
        svg.path(d="M160 60 q15 -60 30 0", **line),
        svg.polygon(points="200,60 215,20 230,60", fill="currentColor"),
        svg.polyline(points="240,60 250,20 260,60 270,20", **line),
        svg.rect(x=280, y=20, width=30, height=40, rx=6, fill="currentColor"),
    )


def _texts() -> rx.Component:
    return _drawing(
        "Texts",
        svg.text("text ", svg.tspan("tspan", font_weight="bold"), x=10, y=30, fill="currentColor"),
        svg.path(id="svg-curve", d="M150 60 q70 -60 150 0", fill="none"),
        svg.text(svg.text_path("along a path", href="#svg-curve"), fill="currentColor"),
        svg.a(svg.text("a link", x=10, y=60, fill="currentColor"), href="/svg"),
        role="group",
    )


def _paints() -> rx.Component:
    stops = [
        svg.stop(offset="0%", stop_color="#3e63dd"),
        svg.stop(offset="100%", stop_color="#e54666"),
    ]
    return _drawing(
        "Gradients and a pattern",
        svg.defs(
            svg.linear_gradient(*stops, id="svg-linear"),
            svg.radial_gradient(*stops, id="svg-radial"),
            svg.pattern(
                svg.circle(cx=5, cy=5, r=3, fill="currentColor"),
                id="svg-dots",
                width=10,
                height=10,
                pattern_units="userSpaceOnUse",
            ),
        ),
        svg.rect(x=10, y=10, width=90, height=60, fill="url(#svg-linear)"),
        svg.rect(x=115, y=10, width=90, height=60, fill="url(#svg-radial)"),
        svg.rect(x=220, y=10, width=90, height=60, fill="url(#svg-dots)"),
    )


def _reused() -> rx.Component:
    return _drawing(
        "Shapes used again",
        svg.defs(
            svg.symbol(
                svg.circle(cx=10, cy=10, r=8, fill="currentColor"),
                id="svg-dot",
                view_box="0 0 20 20",
            ),
            svg.marker(
                svg.path(d="M0 0 L8 4 L0 8 z", fill="currentColor"),
                id="svg-arrow",
                marker_width=8,
                marker_height=8,
                ref_x=4,
                ref_y=4,
                orient="auto",
            ),
        ),
        svg.g(
            svg.use(href="#svg-dot", x=10, y=20, width=40, height=40),
            svg.use(href="#svg-dot", x=60, y=20, width=40, height=40),
            transform="translate(0 0)",
        ),
        svg.path(
            d="M140 40 h140",
            stroke="currentColor",
            stroke_width="2",
            marker_end="url(#svg-arrow)",
        ),
    )


def _cut() -> rx.Component:
    return _drawing(
        "Cut and masked",
        svg.clip_path(svg.circle(cx=40, cy=40, r=30), id="svg-clip"),
        svg.mask(svg.rect(x=90, y=10, width=40, height=60, fill="white"), id="svg-mask"),
        svg.rect(width=80, height=80, fill="currentColor", clip_path="url(#svg-clip)"),
        svg.rect(x=90, y=10, width=80, height=60, fill="currentColor", mask="url(#svg-mask)"),
        svg.foreign_object(rx.el.p("HTML inside", margin="0"), x=180, y=25, width=100, height=40),
        svg.switch(svg.rect(x=290, y=30, width=20, height=20, fill="currentColor")),
        svg.image(href=_POINT, x=284, y=4, width=16, height=16),
        svg.view(id="svg-view", view_box="0 0 160 80"),
    )


def _described() -> rx.Component:
    return _drawing(
        "A shape with words about it",
        svg.title("A square"),
        svg.metadata("Drawn by hand."),
        svg.style(".svg-thick { stroke-width: 6px }"),
        svg.path(
            d="M100 40 h120", id="svg-way", class_name="svg-thick", stroke="currentColor"
        ),
        svg.desc("It is filled when the page has come."),
        svg.rect(
            svg.set(attribute_name="rx", to="12", begin="0s"),
            svg.animate(attribute_name="opacity", from_="1", to="1", dur="1s"),
            svg.animate_motion(svg.mpath(href="#svg-way"), dur="1s", begin="indefinite"),
            svg.animate_transform(
                attribute_name="transform", type="rotate", to="90", dur="1s", begin="indefinite"
            ),
            x=10,
            y=10,
            width=60,
            height=60,
            fill="currentColor",
        ),
    )

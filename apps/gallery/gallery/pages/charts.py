"""Recharts: every kind of chart, and the parts of which charts are made."""

import reflex as rx

from gallery.frame import page, sample

SALES = [
    {"day": "Mon", "tea": 12, "coffee": 30, "error": 3},
    {"day": "Tue", "tea": 18, "coffee": 22, "error": 2},
    {"day": "Wed", "tea": 9, "coffee": 27, "error": 4},
    {"day": "Thu", "tea": 22, "coffee": 35, "error": 3},
    {"day": "Fri", "tea": 26, "coffee": 31, "error": 5},
]
SHARES = [
    {"name": "Tea", "value": 87, "fill": "var(--teal-9)"},
    {"name": "Coffee", "value": 145, "fill": "var(--brown-9)"},
    {"name": "Juice", "value": 52, "fill": "var(--orange-9)"},
]
FLOW = {
    "nodes": [{"name": "Visits"}, {"name": "Basket"}, {"name": "Left"}, {"name": "Paid"}],
    "links": [
        {"source": 0, "target": 1, "value": 60},
        {"source": 0, "target": 2, "value": 40},
        {"source": 1, "target": 3, "value": 45},
        {"source": 1, "target": 2, "value": 15},
    ],
}


class ChartsState(rx.State):
    sales: list[dict] = SALES
    shares: list[dict] = SHARES
    chosen: str = "nothing"

    @rx.event
    def choose(self):
        self.chosen = "a bar"

    @rx.var
    def peak(self) -> int:
        return max(row["coffee"] for row in self.sales)


@rx.page(route="/charts", title="Charts")
def charts() -> rx.Component:
    """Charts in the theme's colours."""
    return page(
        "Charts",
        sample("bar_chart", _bars(), rx.text("Clicked: ", ChartsState.chosen)),
        sample("line_chart", _lines()),
        sample("area_chart", _areas()),
        sample("composed_chart", _composed()),
        sample("pie_chart", _pies()),
        sample("radar_chart", _radar()),
        sample("radial_bar_chart", _radial()),
        sample("scatter_chart", _scatter()),
        sample("funnel_chart", _funnel()),
        sample("treemap", _treemap()),
        sample("sankey_chart", _sankey()),
    )


def _axes(name: str = "day") -> list[rx.Component]:
    return [
        rx.recharts.cartesian_grid(stroke_dasharray="3 3"),
        rx.recharts.x_axis(data_key=name),
        rx.recharts.y_axis(width=40),
    ]


def _bars() -> rx.Component:
    return rx.recharts.bar_chart(
        *_axes(),
        rx.recharts.bar(
            rx.recharts.label_list(data_key="coffee", position="top"),
            rx.recharts.error_bar(data_key="error", direction="y", width=4),
            data_key="coffee",
            stroke=rx.color("brown", 9),
            fill=rx.color("brown", 9),
            on_click=ChartsState.choose,
            is_animation_active=False,
        ),
        rx.recharts.bar(
            data_key="tea",
            fill=rx.color("teal", 9),
            radius=[4, 4, 0, 0],
            is_animation_active=False,
        ),
        rx.recharts.graphing_tooltip(),
        rx.recharts.legend(),
        rx.recharts.reference_line(
            y=ChartsState.peak, label="peak", stroke=rx.color("red", 9), stroke_dasharray="4 2"
        ),
        data=ChartsState.sales,
        width="100%",
        height=260,
        margin={"top": 20, "right": 20},
    )


def _lines() -> rx.Component:
    return rx.recharts.line_chart(
        *_axes(),
        rx.recharts.line(data_key="coffee", type_="monotone", is_animation_active=False),
        rx.recharts.line(
            data_key="tea",
            stroke=rx.color("teal", 9),
            stroke_dasharray="5 5",
            dot=False,
            is_animation_active=False,
        ),
        rx.recharts.brush(data_key="day", height=24),
        rx.recharts.graphing_tooltip(),
        data=ChartsState.sales,
        height=260,
        sync_id="drinks",
    )


def _areas() -> rx.Component:
    return rx.recharts.area_chart(
        rx.el.svg.defs(
            rx.el.svg.linear_gradient(
                rx.el.svg.stop(offset="5%", stop_color=rx.color("teal", 9), stop_opacity=0.8),
                rx.el.svg.stop(offset="95%", stop_color=rx.color("teal", 9), stop_opacity=0),
                id="tea-gradient",
                x1=0,
                y1=0,
                x2=0,
                y2=1,
            )
        ),
        *_axes(),
        rx.recharts.area(
            data_key="tea",
            stroke=rx.color("teal", 9),
            fill="url(#tea-gradient)",
            stack_id="1",
            is_animation_active=False,
        ),
        rx.recharts.area(data_key="coffee", stack_id="1", is_animation_active=False),
        rx.recharts.reference_area(x1="Tue", x2="Wed", fill=rx.color("gray", 5)),
        rx.recharts.reference_dot(x="Thu", y=22, r=6, fill=rx.color("red", 9)),
        data=ChartsState.sales,
        height=260,
        sync_id="drinks",
    )


def _composed() -> rx.Component:
    return rx.recharts.composed_chart(
        rx.recharts.cartesian_grid(stroke_dasharray="3 3"),
        rx.recharts.x_axis(
            rx.recharts.label(value="Day", position="insideBottom", offset=-4),
            data_key="day",
            height=44,
        ),
        rx.recharts.y_axis(tick_formatter="(value) => `${value} cups`", width=70),
        rx.recharts.area(data_key="coffee", is_animation_active=False),
        rx.recharts.bar(data_key="tea", bar_size=20, is_animation_active=False),
        rx.recharts.line(
            data_key="coffee", stroke=rx.color("orange", 9), is_animation_active=False
        ),
        rx.recharts.legend(vertical_align="top", align="right"),
        rx.recharts.cartesian_axis(orientation="top", x=80, y=6, width=120, height=20),
        rx.recharts.layer(
            rx.recharts.rectangle(x=84, y=4, width=28, height=10, fill=rx.color("jade", 9)),
        ),
        data=ChartsState.sales,
        height=260,
    )


def _pies() -> rx.Component:
    return rx.recharts.pie_chart(
        rx.recharts.pie(
            rx.foreach(ChartsState.shares, lambda share: rx.recharts.cell(fill=share["fill"])),
            data=ChartsState.shares,
            data_key="value",
            name_key="name",
            inner_radius="40%",
            outer_radius="70%",
            padding_angle=3,
            label=True,
            is_animation_active=False,
        ),
        rx.recharts.graphing_tooltip(),
        rx.recharts.legend(icon_type="circle"),
        height=260,
    )


def _radar() -> rx.Component:
    return rx.recharts.radar_chart(
        rx.recharts.polar_grid(),
        rx.recharts.polar_angle_axis(data_key="day"),
        rx.recharts.polar_radius_axis(angle=36, axis_line=False),
        rx.recharts.radar(data_key="coffee", name="Coffee", is_animation_active=False),
        rx.recharts.radar(
            data_key="tea",
            name="Tea",
            stroke=rx.color("teal", 9),
            fill=rx.color("teal", 5),
            is_animation_active=False,
        ),
        rx.recharts.legend(),
        data=ChartsState.sales,
        height=260,
    )


def _radial() -> rx.Component:
    return rx.recharts.radial_bar_chart(
        rx.recharts.radial_bar(
            data_key="value",
            background={"fill": rx.color("gray", 4)},
            min_angle=15,
            is_animation_active=False,
        ),
        rx.recharts.legend(),
        data=ChartsState.shares,
        inner_radius="30%",
        outer_radius="90%",
        start_angle=180,
        end_angle=0,
        height=260,
    )


def _scatter() -> rx.Component:
    points = [{"x": 1, "y": 5, "z": 10}, {"x": 2, "y": 3, "z": 30}, {"x": 4, "y": 8, "z": 60}]
    return rx.recharts.scatter_chart(
        rx.recharts.cartesian_grid(),
        rx.recharts.x_axis(data_key="x", type_="number", name="Length", unit="cm"),
        rx.recharts.y_axis(data_key="y", width=40),
        rx.recharts.z_axis(data_key="z", range=[60, 600]),
        rx.recharts.scatter(data=points, shape="star", name="Finds", is_animation_active=False),
        height=260,
    )


def _funnel() -> rx.Component:
    return rx.recharts.funnel_chart(
        rx.recharts.funnel(
            rx.recharts.label_list(position="right", data_key="name", fill="currentColor"),
            data=ChartsState.shares,
            data_key="value",
            is_animation_active=False,
        ),
        height=260,
        margin={"right": 80},
    )


def _treemap() -> rx.Component:
    return rx.recharts.treemap(
        data=ChartsState.shares,
        data_key="value",
        name_key="name",
        is_animation_active=False,
        height=200,
    )


def _sankey() -> rx.Component:
    return rx.recharts.sankey_chart(
        rx.recharts.graphing_tooltip(),
        data=FLOW,
        node_padding=30,
        margin={"top": 10, "right": 60, "bottom": 10, "left": 10},
        height=240,
    )

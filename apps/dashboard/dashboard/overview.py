"""The overview: how the roaster does, in a period that is chosen."""

import reflex as rx

from . import figures
from .data import CHANNELS, ORDERS, Order
from .figures import Kpi
from .layout import money, page, panel
from .orders import status_badge

PERIODS = {"30 days": 30, "90 days": 90, "180 days": 180}
_CHANNEL_COLORS = dict(zip(CHANNELS, ["indigo", "cyan", "amber"], strict=True))
_AXIS = {
    "tick_line": False,
    "axis_line": False,
    "stroke": rx.color("gray", 11),
    "custom_attrs": {"fontSize": 12},
}


class OverviewState(rx.State):
    """The period that is looked at; all figures follow from it."""

    period: str = "30 days"

    @rx.event
    def choose(self, period: str | list[str]):
        self.period = period

    @rx.var
    def kpis(self) -> list[Kpi]:
        return figures.kpis(PERIODS[self.period])

    @rx.var
    def revenue(self) -> list[dict]:
        return figures.revenue_over_time(PERIODS[self.period])

    @rx.var
    def categories(self) -> list[dict[str, str | int]]:
        return figures.revenue_by_category(PERIODS[self.period])

    @rx.var
    def channels(self) -> list[dict]:
        return figures.orders_by_channel(PERIODS[self.period])


@rx.page(route="/", title="Overview · Kestrel", description="Revenue, orders and customers.")
def overview() -> rx.Component:
    return page(
        "Overview",
        rx.grid(
            rx.foreach(OverviewState.kpis, _kpi),
            columns=rx.breakpoints(initial="2", lg="4"),
            gap=rx.breakpoints(initial="12px", sm="16px"),
            width="100%",
        ),
        panel("Revenue", _revenue_chart(), note="Against the period before"),
        rx.grid(
            panel("Orders by channel", _channel_legend(), _channel_chart()),
            panel("Revenue by category", _category_chart()),
            columns=rx.breakpoints(initial="1", lg="2"),
            gap="16px",
            width="100%",
        ),
        panel("Latest orders", _latest()),
        tools=rx.segmented_control.root(
            *[rx.segmented_control.item(period, value=period) for period in PERIODS],
            value=OverviewState.period,
            on_change=OverviewState.choose,
            aria_label="Period",
        ),
    )


def _kpi(kpi: rx.Var[Kpi]) -> rx.Component:
    return rx.card(
        rx.vstack(
            rx.text(kpi.label, size="2", color=rx.color("gray", 11)),
            rx.text(
                kpi.value,
                size=rx.breakpoints(initial="6", sm="7"),
                weight="bold",
                letter_spacing="-0.02em",
                font_variant_numeric="tabular-nums",
            ),
            rx.flex(
                rx.badge(
                    rx.cond(
                        kpi.rises,
                        rx.icon("trending-up", size=14),
                        rx.icon("trending-down", size=14),
                    ),
                    kpi.delta,
                    color_scheme=rx.cond(kpi.rises, "green", "red"),
                    size="2",
                ),
                rx.text("than before", size="1", color=rx.color("gray", 11)),
                align="center",
                gap="8px",
            ),
            spacing="2",
        ),
        size=rx.breakpoints(initial="2", sm="3"),
    )


def _revenue_chart() -> rx.Component:
    return rx.recharts.area_chart(
        rx.el.svg.defs(
            rx.el.svg.linear_gradient(
                rx.el.svg.stop(offset="0%", stop_color=rx.color("indigo", 9), stop_opacity="0.35"),
                rx.el.svg.stop(offset="100%", stop_color=rx.color("indigo", 9), stop_opacity="0"),
                id="revenue",
                x1="0",
                x2="0",
                y1="0",
                y2="1",
            )
        ),
        rx.recharts.cartesian_grid(vertical=False, stroke=rx.color("gray", 5)),
        rx.recharts.x_axis(data_key="day", min_tick_gap=32, **_AXIS),
        rx.recharts.y_axis(width=56, **_AXIS),
        _tooltip(),
        rx.recharts.area(
            data_key="before",
            name="Before",
            stroke=rx.color("gray", 8),
            stroke_dasharray="4 4",
            fill="transparent",
            type_="monotone",
        ),
        rx.recharts.area(
            data_key="revenue",
            name="Revenue",
            stroke=rx.color("indigo", 9),
            stroke_width=2,
            fill="url(#revenue)",
            type_="monotone",
        ),
        data=OverviewState.revenue,
        height=280,
        width="100%",
    )


def _channel_legend() -> rx.Component:
    return rx.flex(
        *[
            rx.flex(_dot(rx.color(color, 9)), rx.text(channel, size="2"), align="center", gap="8px")
            for channel, color in _CHANNEL_COLORS.items()
        ],
        gap="20px",
        wrap="wrap",
    )


def _dot(color: str | rx.Var[str] | rx.Color) -> rx.Component:
    return rx.box(width="10px", height="10px", border_radius="3px", background=color)


def _channel_chart() -> rx.Component:
    return rx.recharts.bar_chart(
        rx.recharts.cartesian_grid(vertical=False, stroke=rx.color("gray", 5)),
        rx.recharts.x_axis(data_key="from", **_AXIS),
        rx.recharts.y_axis(width=40, **_AXIS),
        _tooltip(),
        *[
            rx.recharts.bar(data_key=channel, stack_id="orders", fill=rx.color(color, 9))
            for channel, color in _CHANNEL_COLORS.items()
        ],
        data=OverviewState.channels,
        bar_category_gap="28%",
        height=260,
        width="100%",
    )


def _category_chart() -> rx.Component:
    return rx.flex(
        rx.box(
            rx.recharts.pie_chart(
                rx.recharts.pie(
                    data=OverviewState.categories,
                    data_key="value",
                    name_key="name",
                    inner_radius="62%",
                    outer_radius="92%",
                    padding_angle=2,
                    stroke="none",
                ),
                _tooltip(),
                height=240,
                width="100%",
            ),
            flex="1 1 200px",
            min_width="0",
        ),
        rx.vstack(
            rx.foreach(OverviewState.categories, _category),
            spacing="3",
            flex="1 1 180px",
        ),
        align="center",
        wrap="wrap",
        gap="16px",
        width="100%",
    )


def _category(category: rx.Var[dict]) -> rx.Component:
    return rx.flex(
        _dot(category["fill"]),
        rx.text(category["name"], size="2"),
        rx.spacer(),
        rx.text(category["share"], size="2", weight="medium", font_variant_numeric="tabular-nums"),
        align="center",
        gap="10px",
        width="100%",
    )


def _tooltip() -> rx.Component:
    return rx.recharts.graphing_tooltip(
        content_style={
            "background": rx.color("gray", 1),
            "borderColor": rx.color("gray", 6),
            "borderRadius": "8px",
        },
        label_style={"color": rx.color("gray", 12)},
        cursor={"fill": rx.color("gray", 4), "stroke": rx.color("gray", 7)},
    )


def _latest() -> rx.Component:
    return rx.vstack(
        *[_latest_order(order) for order in ORDERS[:5]],
        rx.link("All orders", href="/orders", size="2", weight="medium"),
        spacing="3",
        width="100%",
    )


def _latest_order(order: Order) -> rx.Component:
    return rx.flex(
        rx.box(
            rx.text(order.customer, size="2", weight="medium"),
            rx.text(f"{order.number}, {order.date}", size="1", color=rx.color("gray", 11)),
        ),
        rx.spacer(),
        status_badge(order.status),
        rx.text(
            money(order.total),
            size="2",
            weight="medium",
            min_width="84px",
            text_align="right",
            font_variant_numeric="tabular-nums",
        ),
        align="center",
        gap="12px",
        width="100%",
    )

"""What is computed of the sales: totals of a period, and how they go over time. No components."""

import collections
import dataclasses
import datetime

from .data import CATEGORIES, CHANNELS, CUSTOMERS, ORDERS, TODAY, Order

# Points of a chart over time, whatever the period.
POINTS = 30
COLORS = dict(zip(CATEGORIES, ["indigo", "cyan", "amber", "gray"], strict=True))


@dataclasses.dataclass
class Kpi:
    """A number at the top of the overview."""

    label: str
    value: str
    delta: str  # against the period before
    rises: bool


@dataclasses.dataclass
class CustomerRow:
    """What is known of a customer."""

    name: str
    email: str
    city: str
    initials: str
    orders: int
    spent: float
    last_order: str
    segment: str


def kpis(days: int) -> list[Kpi]:
    """The numbers of the last `days`, against as many before."""
    now, before = _sold(_between(days, 0)), _sold(_between(2 * days, days))
    return [
        _kpi("Revenue", "€{:,.0f}", _revenue(now), _revenue(before)),
        _kpi("Orders", "{:,}", len(now), len(before)),
        _kpi("Average order", "€{:,.2f}", _mean(now), _mean(before)),
        _kpi("Active customers", "{:,}", _customers(now), _customers(before)),
    ]


def revenue_over_time(days: int) -> list[dict]:
    """Revenue in `POINTS` steps, beside that of the period before."""
    step = days // POINTS
    now, before = [0.0] * POINTS, [0.0] * POINTS
    for order in _sold(_between(2 * days, 0)):
        age = _age(order)
        bars = now if age < days else before
        bars[POINTS - 1 - age % days // step] += order.total
    first = TODAY - datetime.timedelta(days=days - 1)
    return [
        {
            "day": _short(first + datetime.timedelta(days=point * step)),
            "revenue": round(now[point]),
            "before": round(before[point]),
        }
        for point in range(POINTS)
    ]


def revenue_by_category(days: int) -> list[dict]:
    """Revenue of each category, with the colour that it has everywhere."""
    totals = collections.Counter()
    for order in _sold(_between(days, 0)):
        for line in order.lines:
            totals[line.category] += line.quantity * line.price
    whole = sum(totals.values()) or 1
    return [
        {
            "name": category,
            "value": round(totals[category]),
            "share": f"{totals[category] / whole:.0%}",
            "fill": f"var(--{color}-9)",
        }
        for category, color in COLORS.items()
    ]


def orders_by_channel(days: int) -> list[dict]:
    """Orders of each channel, in six steps."""
    step = days // 6
    counts = [dict.fromkeys(CHANNELS, 0) for _ in range(6)]
    for order in _between(days, 0):
        counts[5 - _age(order) // step][order.channel] += 1
    first = TODAY - datetime.timedelta(days=days - 1)
    starts = [first + datetime.timedelta(days=step * number) for number in range(6)]
    return [{"from": _short(day), **bars} for day, bars in zip(starts, counts, strict=True)]


def customer_rows() -> list[CustomerRow]:
    """Everybody who has bought something, the best first."""
    bought = collections.defaultdict(list)
    for order in ORDERS:
        bought[order.email].append(order)
    rows = [_customer_row(customer, bought[customer.email]) for customer in CUSTOMERS]
    return sorted((row for row in rows if row.orders), key=lambda row: -row.spent)


def _customer_row(customer, orders: list[Order]) -> CustomerRow:
    spent = _revenue(_sold(orders))
    segment = "Gold" if spent > 5000 else "Silver" if spent > 2000 else "Starter"
    last_order = orders[0].date if orders else ""
    return CustomerRow(
        **dataclasses.asdict(customer),
        orders=len(orders),
        spent=round(spent, 2),
        last_order=last_order,
        segment=segment,
    )


def _kpi(label: str, shape: str, now: float, before: float) -> Kpi:
    change = (now - before) / before if before else 0.0
    return Kpi(label, shape.format(now), f"{change:+.1%}", change >= 0)


def _age(order: Order) -> int:
    """How many days ago an order was placed."""
    return (TODAY - datetime.date.fromisoformat(order.date)).days


def _between(oldest: int, newest: int) -> list[Order]:
    first = (TODAY - datetime.timedelta(days=oldest - 1)).isoformat()
    last = (TODAY - datetime.timedelta(days=newest)).isoformat()
    return [order for order in ORDERS if first <= order.date <= last]


def _sold(orders: list[Order]) -> list[Order]:
    return [order for order in orders if order.status != "Refunded"]


def _revenue(orders: list[Order]) -> float:
    return sum(order.total for order in orders)


def _mean(orders: list[Order]) -> float:
    return _revenue(orders) / len(orders) if orders else 0.0


def _customers(orders: list[Order]) -> int:
    return len({order.email for order in orders})


def _short(day: datetime.date) -> str:
    return f"{day.day} {day:%b}"

"""A year of made-up sales: the same for everyone and on every day, for no clock is asked.

Not here: what is computed of them (`figures.py`).
"""

import dataclasses
import datetime
import random

# The last day of which there are sales: the dashboard's today.
TODAY = datetime.date(2026, 6, 30)
DAYS = 360
CUSTOMER_COUNT = 84
STATUSES = ["Pending", "Paid", "Shipped", "Refunded"]
CHANNELS = ["Online", "Café", "Wholesale"]

# Name, category and price of what is sold.
_PRODUCTS = [
    ("Harbour Espresso 1 kg", "Beans", 29.0),
    ("Morning Filter 500 g", "Beans", 16.5),
    ("Decaf Huila 500 g", "Beans", 18.0),
    ("Gesha Reserve 250 g", "Beans", 34.0),
    ("Monthly box", "Subscriptions", 38.0),
    ("Office box", "Subscriptions", 120.0),
    ("Hand grinder", "Equipment", 89.0),
    ("Gooseneck kettle", "Equipment", 74.0),
    ("Paper filters, 200", "Accessories", 9.5),
    ("Stoneware cup", "Accessories", 21.0),
]
CATEGORIES = ["Beans", "Subscriptions", "Equipment", "Accessories"]
_FIRST_NAMES = (
    "Ada Amara Anton Bruno Carla Clara Daniel Elif Emma Farid Greta Hugo Ines Jonas Kaito Lea Luca "
    "Maya Mila Nils Noor Oscar Paula Ravi Rosa Samir Sofia Tariq Theo Vera Yuki Zara"
).split()
_LAST_NAMES = (
    "Andersen Bauer Costa Dubois Eriksen Ferrari Haddad Ito Jansen Keller Lindgren Moreau Novak "
    "Okafor Petrov Rossi Schmidt Silva Tanaka Weber Yilmaz"
).split()
_CITIES = ["Berlin", "Copenhagen", "Hamburg", "Lisbon", "Lyon", "Milan", "Oslo", "Vienna"]


@dataclasses.dataclass
class Customer:
    """Someone who has bought something."""

    name: str
    email: str
    city: str
    initials: str


@dataclasses.dataclass
class Line:
    """A product in an order."""

    product: str
    category: str
    quantity: int
    price: float


@dataclasses.dataclass
class Order:
    """What one customer bought at once."""

    number: str = ""
    customer: str = ""
    email: str = ""
    city: str = ""
    date: str = ""  # as in 2026-06-30
    channel: str = ""
    status: str = ""
    total: float = 0.0
    lines: list[Line] = dataclasses.field(default_factory=list)


def _make_customers(chance: random.Random) -> list[Customer]:
    names = [f"{first} {last}" for first in _FIRST_NAMES for last in _LAST_NAMES]
    return [
        Customer(
            name=name,
            email=f"{name.split()[0].lower()}.{name.split()[1].lower()}@example.com",
            city=chance.choice(_CITIES),
            initials="".join(word[0] for word in name.split()),
        )
        for name in chance.sample(names, CUSTOMER_COUNT)
    ]


def _make_orders(chance: random.Random) -> list[Order]:
    """The orders of all days, newest first: more each month, and more towards the weekend."""
    orders = []
    for day in range(DAYS):
        date = TODAY - datetime.timedelta(days=DAYS - 1 - day)
        busy = (4.0 + 6.0 * day / DAYS) * (1.3 if date.weekday() >= 4 else 0.9)
        for _ in range(round(busy * (0.6 + 0.8 * chance.random()))):
            orders.append(_make_order(chance, 10_001 + len(orders), date, day))
    return orders[::-1]


def _make_order(chance: random.Random, number: int, date: datetime.date, day: int) -> Order:
    # Customers came one after the other: early ones buy all the time, late ones lately.
    known = max(8, round(CUSTOMER_COUNT * (day + 1) / DAYS))
    customer = CUSTOMERS[int(known * chance.random() ** 1.4)]
    lines = [
        Line(*product, price=price, quantity=chance.choice([1, 1, 1, 2, 2, 3]))
        for *product, price in chance.sample(_PRODUCTS, chance.choice([1, 1, 2, 2, 3]))
    ]
    return Order(
        number=f"#{number}",
        customer=customer.name,
        email=customer.email,
        city=customer.city,
        date=date.isoformat(),
        channel=chance.choices(CHANNELS, weights=[6, 3, 2])[0],
        status=_make_status(chance, DAYS - 1 - day),
        total=round(sum(line.price * line.quantity for line in lines), 2),
        lines=lines,
    )


def _make_status(chance: random.Random, age_days: int) -> str:
    if chance.random() < 0.04:
        return "Refunded"
    if age_days < 3:
        return "Pending" if chance.random() < 0.6 else "Paid"
    return "Paid" if age_days < 7 else "Shipped"


_chance = random.Random(6)
CUSTOMERS = _make_customers(_chance)
ORDERS = _make_orders(_chance)

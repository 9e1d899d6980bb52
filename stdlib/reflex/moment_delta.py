"""`rx.MomentDelta`: the span of time that `rx.moment(add=…)` and `subtract=` take.

Not here: what the browser makes of it, which is Moment's business.
"""


class MomentDelta(dict):
    """A span of time in units, those that are given; it may mix them."""

    def __init__(
        self,
        years=None,
        quarters=None,
        months=None,
        weeks=None,
        days=None,
        hours=None,
        minutes=None,
        seconds=None,
        milliseconds=None,
    ):
        units = {
            "years": years,
            "quarters": quarters,
            "months": months,
            "weeks": weeks,
            "days": days,
            "hours": hours,
            "minutes": minutes,
            "seconds": seconds,
            "milliseconds": milliseconds,
        }
        super().__init__({name: count for name, count in units.items() if count is not None})

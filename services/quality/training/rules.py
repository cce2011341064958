"""Hours of training against the cycle of five years. Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def cycle(on: date, start: int, years: int) -> tuple[date, date]:
    """First day of the cycle the day lies in, and of the next; cycles follow one another from the year `start`."""
    first = start + (on.year - start) // years * years
    return date(first, 1, 1), date(first + years, 1, 1)


def pace(on: date, begin: date, end: date, hours: int, since: date | None = None) -> Decimal:
    """The hours one should have by the end of that day when the cycle's hours are spread evenly (QUA-07).

    Who began on `since` within the cycle is asked for the days from then on.
    """
    first = max(begin, since or begin)
    gone = min((on - first).days + 1, (end - begin).days)
    return (Decimal(hours) * gone / (end - begin).days).quantize(Decimal("0.1"), ROUND_HALF_UP)

"""Facts of which one holds on any day: a timeline, and what it becomes when another fact takes over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.tables import FOREVER


@dataclass(frozen=True, slots=True)
class Period:
    """`value` holds from `since` until `until` (exclusive; FOREVER while it is open)."""

    value: str
    since: date
    until: date = FOREVER


Timeline = tuple[Period, ...]


def timeline(periods: Iterable[Period]) -> Timeline:
    return tuple(sorted(periods, key=lambda period: period.since))


def on(periods: Timeline, day: date) -> Period | None:
    """The period that holds on a day."""
    return next((period for period in periods if period.since <= day < period.until), None)


def taking_over(periods: Timeline, value: str, since: date) -> Timeline:
    """The timeline once `value` holds from `since` on.

    It ends the period that covers that day and lasts as long as that one would have; what was planned after it stays.
    A period that began on the very day is replaced.
    """
    covering = on(periods, since)
    later = min((period.since for period in periods if period.since > since), default=FOREVER)
    kept = [period for period in periods if period is not covering]
    if covering and covering.since < since:
        kept.append(Period(covering.value, covering.since, since))
    return timeline([*kept, Period(value, since, covering.until if covering else later)])


def beside(periods: Timeline, since: date) -> tuple[Period | None, Period, Period | None]:
    """The period that begins on that day, between the one before it and the one after it."""
    place = next(number for number, period in enumerate(periods) if period.since == since)
    before = periods[place - 1] if place else None
    return before, periods[place], periods[place + 1] if place + 1 < len(periods) else None

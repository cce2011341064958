"""Working days of China: weekends off, save what the yearly notice of the State Council moves.

The notices are data (`data/holidays.csv`, tagged *known*: to be compared with the published text before use in law).
A year without a notice counts weekends only, and `is_announced` says so.
"""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SATURDAY = 5
HOLIDAYS = Path(__file__).parent / "data" / "holidays.csv"


@cache
def _moved() -> dict[date, bool]:
    """Whether one works on each day a notice names."""
    with HOLIDAYS.open(encoding="utf-8", newline="") as opened:
        return {date.fromisoformat(row["day"]): row["kind"] == "workday" for row in csv.DictReader(opened)}


def is_announced(year: int) -> bool:
    """Whether the notice of that year is on file."""
    return any(day.year == year for day in _moved())


def is_working_day(day: date) -> bool:
    return _moved().get(day, day.weekday() < SATURDAY)


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`; the day of the event itself is not counted (民法典 art. 201)."""
    day = start
    while count > 0:
        day += timedelta(1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + timedelta(step)) for step in range(1, (end - start).days + 1))

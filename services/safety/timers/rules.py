"""When something happens by itself."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.workdays import is_working_day


@dataclass(frozen=True, slots=True)
class Due:
    """On `on`, `step` happens and the holders of the roles in `told` hear of it, under `basis`."""

    step: str
    on: date
    told: tuple[str, ...]
    basis: str


def fallen_due(ladder: Iterable[Due], on: date) -> list[Due]:
    """What has happened by the end of that day, in order."""
    return sorted((each for each in ladder if each.on <= on), key=lambda each: (each.on, each.step))


def working_days_before(day: date, count: int) -> date:
    """The `count`-th working day before `day`."""
    while count > 0:
        day -= timedelta(1)
        count -= is_working_day(day)
    return day


def last_working_day_of_month(day: date) -> date:
    """The last working day of the month that `day` lies in."""
    following = (day.replace(day=28) + timedelta(4)).replace(day=1)
    return working_days_before(following, 1)


def months_after(day: date, months: int) -> date:
    """The day of the same number months later, or that month's last day where it is shorter."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

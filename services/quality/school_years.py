"""School years: the year 2026 runs from 1 September 2026 to 31 August 2027 (学年). Pure."""

from datetime import date
from typing import Any, Final

SEPTEMBER: Final = 9


def school_year_of(day: date) -> int:
    """The school year the day lies in."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def first_day(year: int) -> date:
    return date(year, SEPTEMBER, 1)


def month_in(year: int, month: int) -> date:
    """First day of that calendar month in the school year."""
    return date(year if month >= SEPTEMBER else year + 1, month, 1)


def year_on(day: date) -> dict[str, Any]:
    """The school year of that day, as queries ask for it."""
    year = school_year_of(day)
    return {"as_of": day, "school_year": year, "first_day": first_day(year), "next_year": first_day(year + 1)}

"""Terms of the school year. Pure."""

from datetime import date

SPRING, AUTUMN = 2, 9  # months in which a term begins (the exact days are the district's calendar)


def term_of(day: date) -> tuple[date, date]:
    """First day of the term that the day lies in, and of the next: spring from 1 February, autumn from 1 September."""
    if day.month >= AUTUMN:
        return date(day.year, AUTUMN, 1), date(day.year + 1, SPRING, 1)
    if day.month >= SPRING:
        return date(day.year, SPRING, 1), date(day.year, AUTUMN, 1)
    return date(day.year - 1, AUTUMN, 1), date(day.year, SPRING, 1)

"""入小学前一年: who is in the last year before primary school, month by month."""

from datetime import date
from typing import Final

SEPTEMBER: Final = 9


def school_year(month: date) -> int:
    """The year in which the school year of that month began: September to August."""
    return month.year if month.month >= SEPTEMBER else month.year - 1


def is_last_year(class_kind: str, school_entry_year: int | None, month: date) -> bool:
    """By the year of entering primary school, whatever the class is called (D4.5); by its kind where that is untold."""
    if school_entry_year is None:
        return class_kind == "large"
    return school_year(month) + 1 == school_entry_year

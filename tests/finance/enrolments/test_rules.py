from datetime import date

import pytest

from services.finance.enrolments.rules import is_last_year


@pytest.mark.parametrize(
    ("kind", "entry_year", "month", "expected"),
    [
        ("mixed", 2026, date(2025, 8, 1), False),
        ("mixed", 2026, date(2025, 9, 1), True),
        ("mixed", 2026, date(2026, 8, 1), True),
        ("mixed", 2026, date(2026, 9, 1), False),
        ("large", 2027, date(2025, 9, 1), False),
        ("large", None, date(2025, 9, 1), True),
        ("mixed", None, date(2025, 9, 1), False),
    ],
)
def test_the_last_year_is_told_by_the_year_of_entering_school(
    kind: str, entry_year: int | None, month: date, expected: bool
):
    assert is_last_year(kind, entry_year, month) is expected

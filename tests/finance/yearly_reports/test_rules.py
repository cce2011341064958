from datetime import date
from decimal import Decimal

import pytest

from services.finance.yearly_reports.rules import due_day, fund_missing, is_late

TENTH = Decimal("0.1")


@pytest.mark.parametrize(
    ("increase", "fund", "missing"),
    [
        ("1000.00", "100.00", "0"),
        ("1000.00", "99.99", "0.01"),
        ("1000.05", "100.00", "0.01"),  # 100.005 is rounded half up
        ("1000.04", "100.00", "0"),
        ("0.00", "0.00", "0"),
        ("-5000.00", "0.00", "0"),
    ],
)
def test_fin_08_the_fund_is_a_tenth_of_the_increase_and_nothing_of_a_loss(increase: str, fund: str, missing: str):
    assert fund_missing(Decimal(increase), Decimal(fund), TENTH) == Decimal(missing)


@pytest.mark.parametrize(
    ("handed_in_on", "as_of", "late"),
    [
        (None, date(2026, 4, 30), False),
        (None, date(2026, 5, 1), True),
        (date(2026, 4, 30), date(2026, 12, 1), False),
        (date(2026, 5, 1), date(2026, 12, 1), True),
    ],
)
def test_fin_09_a_report_is_late_from_the_day_after_it_was_due(handed_in_on: date | None, as_of: date, late: bool):
    assert is_late(handed_in_on, due_day(2025, 430), as_of) is late

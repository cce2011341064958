from datetime import date
from decimal import Decimal

import pytest

from services.finance.charges.rules import Term, credit_account, months, standard_sum, term_of, waived


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        (date(2025, 9, 1), date(2025, 9, 1), date(2026, 2, 1)),
        (date(2026, 1, 31), date(2025, 9, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 2, 1), date(2026, 9, 1)),
        (date(2026, 8, 31), date(2026, 2, 1), date(2026, 9, 1)),
    ],
)
def test_a_term_runs_from_its_start_to_the_next(day: date, since: date, until: date):
    assert term_of(day, [901, 201]) == Term(since, until)


def test_months_a_period_touches():
    assert months(date(2025, 11, 15), date(2026, 2, 1)) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]
    assert months(date(2025, 11, 1), date(2025, 11, 2)) == [date(2025, 11, 1)]


@pytest.mark.parametrize(
    ("fee", "standard", "expected"),
    [("750", None, "750"), ("750", "750", "750"), ("3000", "750", "750"), ("600", "750", "600")],
)
def test_the_waiver_is_the_fee_and_at_most_the_standard(fee: str, standard: str | None, expected: str):
    assert waived(Decimal(fee), Decimal(standard) if standard else None) == Decimal(expected)


def test_sums_are_rounded_to_the_fen_half_up():
    assert standard_sum(Decimal("10.01"), Decimal("0.5")) == Decimal("5.01")


def test_money_collected_for_others_is_never_income():
    assert [credit_account("nonprofit", each) for each in ("care_education", "collected")] == ["4301", "2209"]
    assert [credit_account("government", each) for each in ("care_education", "collected")] == ["2103", "2307"]

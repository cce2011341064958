from decimal import Decimal

import pytest

from services.finance.meal_accounts.rules import is_out_of_balance


@pytest.mark.parametrize(
    ("income", "cost", "out"),
    [
        ("10000.00", "9800.00", False),
        ("10000.00", "9799.99", True),
        ("10000.00", "10200.00", False),
        ("10000.00", "10200.01", True),
        ("0.00", "0.00", False),
        ("0.00", "0.01", True),
    ],
)
def test_fin_10_a_term_may_be_out_by_two_in_a_hundred(income: str, cost: str, out: bool):
    assert is_out_of_balance(Decimal(income), Decimal(cost), Decimal("0.02")) is out

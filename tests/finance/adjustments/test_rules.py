from datetime import date
from decimal import Decimal

import pytest

from services.finance.adjustments.rules import refund, unused

SINCE, UNTIL = date(2025, 10, 1), date(2025, 11, 1)


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [
        (date(2025, 9, 1), Decimal(1)),
        (date(2025, 10, 1), Decimal(1)),
        (date(2025, 10, 17), Decimal(15) / 31),
        (date(2025, 11, 1), Decimal(0)),
        (date(2025, 12, 1), Decimal(0)),
    ],
)
def test_what_was_not_used_of_a_period(left_on: date, expected: Decimal):
    assert unused(SINCE, UNTIL, left_on) == expected


def test_a_refund_is_rounded_once():
    assert refund(Decimal("750.00"), Decimal(15) / 31, Decimal("0.5")) == Decimal("181.45")

from decimal import Decimal

import pytest

from services.finance.fee_items.codes import FeeFilingState
from services.finance.fee_items.rules import STEPS, ban_on, is_above


@pytest.mark.parametrize("name", ["赞助费", "春季赞助费", "英语兴趣班", "入园测试费", "书本费", "建校费"])
def test_charges_of_a_forbidden_kind_are_known_by_their_name(name: str):
    assert ban_on(name) is not None


@pytest.mark.parametrize("name", ["保育教育费", "伙食费", "住宿费", "校车费"])
def test_other_charges_are_not(name: str):
    assert ban_on(name) is None


@pytest.mark.parametrize(
    ("amount", "ceiling", "expected"), [("750.00", "750", False), ("750.01", "750", True), ("9999", None, False)]
)
def test_a_standard_may_equal_its_ceiling(amount: str, ceiling: str | None, expected: bool):
    assert is_above(Decimal(amount), Decimal(ceiling) if ceiling else None) is expected


def test_every_state_of_a_filing_says_where_it_can_go():
    assert STEPS.keys() == set(FeeFilingState)

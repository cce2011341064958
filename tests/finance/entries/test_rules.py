from datetime import date
from decimal import Decimal

import pytest

from services.finance.entries.rules import Draft, Line, balances, reversed_lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("1002", "100.00"), ("4101", "-100.00")], True),
        ([("1002", "100.00"), ("4101", "-99.99")], False),
        ([("1002", "100.00"), ("4101", "-100.00"), ("8001", "100.00"), ("6101", "-100.00")], True),
        ([("1002", "100.00"), ("6101", "-100.00")], False),
        ([], True),
    ],
)
def test_financial_and_budget_lines_balance_each_on_their_own(lines: list[tuple[str, str]], expected: bool):
    assert balances(Line(account, Decimal(amount)) for account, amount in lines) is expected


def test_a_reversal_turns_every_line_and_keeps_its_account():
    lines = (Line("1002", Decimal("7.10"), "收款"), Line("4101", Decimal("-7.10")))
    assert reversed_lines(lines) == (Line("1002", Decimal("-7.10"), "收款"), Line("4101", Decimal("7.10")))
    assert balances(reversed_lines(lines))


def test_the_fingerprint_tells_content_and_not_the_way_it_is_written():
    def draft(amount: str, summary: str = "学费") -> str:
        lines = (Line("1002", Decimal(amount)), Line("4101", -Decimal(amount)))
        return Draft("manual", "1", date(2025, 3, 1), summary, lines).fingerprint

    assert draft("7.1") == draft("7.10")
    assert len({draft("7.10"), draft("7.11"), draft("7.10", "餐费")}) == 3

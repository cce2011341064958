from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.finance.bank_statements.codes import Use
from services.finance.bank_statements.rules import Booking, Party, is_draining, suspicions, use_of
from shared.tables import FOREVER

DAY = date(2025, 10, 8)
FOUNDER = Party("示例投资公司", "8800001", date(2020, 1, 1), FOREVER, reviewed=False)


def booking(amount: str, purpose: str = "", name: str = "", number: str = "", on: date = DAY) -> Booking:
    return Booking(on, Decimal(amount), name, number, purpose)


def codes(line: Booking, party: Party = FOUNDER, *, on_file: bool = True, nonprofit: bool = True) -> list[str]:
    return [each.rule for each in suspicions(line, [party], on_file=on_file, nonprofit=nonprofit)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (booking("-1000", "食材采购", "某食品公司"), []),
        (booking("-1000", "往来款", "示例投资公司"), ["FIN-06"]),
        (booking("-1000", "往来款", "改名公司", "8800001"), ["FIN-06"]),
        (booking("1000", "往来款", "示例投资公司"), []),
        (booking("-1000", "往来款", "示例投资公司", on=date(2019, 12, 31)), []),
        (booking("-1000", "2025年分红", "某自然人"), ["FIN-07"]),
        (booking("-1000", "品牌费", "示例投资公司"), ["FIN-06", "FIN-07"]),
        (booking("-1000", "银行账户管理费", "示例银行"), []),
        (booking("5000", "入园赞助费"), ["FIN-01"]),
        (booking("750", "10月保教费"), []),
    ],
)
def test_what_a_line_betrays(line: Booking, expected: list[str]):
    assert codes(line) == expected


def test_an_agreement_that_was_reviewed_is_in_order():
    reviewed = Party("示例投资公司", "", date(2020, 1, 1), FOREVER, reviewed=True)
    assert codes(booking("-1000", "房屋租金", "示例投资公司"), reviewed) == []


def test_accounts_not_on_file_matter_to_nonprofits():
    assert codes(booking("10"), on_file=False) == ["FIN-05"]
    assert codes(booking("10"), on_file=False, nonprofit=False) == []


@pytest.mark.parametrize(
    ("purpose", "use"),
    [
        ("10月教师工资", Use.PAY),
        ("社会保险费", Use.PAY),
        ("幼儿伙食原料", Use.MEALS),
        ("教师培训费", Use.QUALITY),
        ("房租", Use.CONDITIONS),
        ("往来款", Use.OTHER),
    ],
)
def test_a_payment_is_sorted_by_its_own_words(purpose: str, use: Use):
    assert use_of(purpose) is use


@pytest.mark.parametrize(
    ("out", "cash", "expected"), [("-800.01", True, True), ("-800.00", True, False), ("-900.00", False, False)]
)
def test_draining_is_more_than_the_share_and_in_cash(out: str, cash: bool, expected: bool):
    lines = [booking("1000", on=DAY - timedelta(100)), booking(out, "取现" if cash else "货款")]
    assert is_draining(lines, DAY, 30, Decimal("0.8")) is expected

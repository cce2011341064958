"""普惠性民办园认定: the register's own conditions at their boundaries."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.recognitions.conditions import Facts, blocks, checks, months_after
from services.registry.recognitions.rules import latest_end, review_due, review_passed

ON = date(2026, 3, 2)
GOOD = Facts(
    for_profit=False,
    type="private",
    status="operating",
    licence_number="1",
    licence_expires_on=ON + timedelta(365),
    credit_code="52",
    opened_on=date(2020, 9, 1),
    oversize_classes=0,
)
CEILING = in_force(PARAMETERS, "recognition_fee_ceiling", ON).number


def refused(facts: Facts, fee: Decimal | None = None) -> list[str]:
    return [each.code for each in blocks(checks(facts, fee, PARAMETERS, ON))]


def warned(facts: Facts) -> list[str]:
    return [each.code for each in checks(facts, None, PARAMETERS, ON) if not each.met and each.severity == "warn"]


def test_a_non_profit_private_kindergarten_with_a_valid_licence_may_apply():
    assert refused(GOOD, CEILING) == []
    assert warned(GOOD) == []
    assert refused(replace(GOOD, type="inclusive_private")) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(GOOD, for_profit=True), "for-profit-not-inclusive"),
        (replace(GOOD, type="public"), "type-not-private"),
        (replace(GOOD, type=None), "type-not-private"),
        (replace(GOOD, status="suspended"), "kindergarten-not-operating"),
        (replace(GOOD, licence_number=None), "licence-not-valid"),
        (replace(GOOD, licence_expires_on=ON - timedelta(1)), "licence-not-valid"),
        (replace(GOOD, credit_code=None), "licensed-not-registered"),
        (replace(GOOD, opened_on=date(2025, 3, 3)), "operating-too-short"),
        (replace(GOOD, opened_on=None), "operating-too-short"),
    ],
)
def test_what_the_law_or_a_parameter_rules_out_is_refused(facts: Facts, code: str):
    assert refused(facts) == [code]


def test_for_profit_is_refused_under_its_rule():
    against = blocks(checks(replace(GOOD, for_profit=True), None, PARAMETERS, ON))
    assert [(each.rule, each.basis) for each in against] == [("REG-16", "学前教育法 art. 24")]


def test_a_licence_counts_on_its_last_day_and_a_year_of_operation_on_its_anniversary():
    assert refused(replace(GOOD, licence_expires_on=ON)) == []
    assert refused(replace(GOOD, opened_on=date(2025, 3, 2))) == []


def test_a_licence_within_ninety_days_of_its_end_is_pointed_out():
    assert warned(replace(GOOD, licence_expires_on=ON + timedelta(90))) == ["licence-expiring"]
    assert warned(replace(GOOD, licence_expires_on=ON + timedelta(91))) == []
    assert warned(replace(GOOD, oversize_classes=1)) == ["oversize-classes"]


def test_the_fee_may_reach_the_ceiling_and_not_exceed_it():
    assert refused(GOOD, CEILING + Decimal("0.01")) == ["fee-above-ceiling"]


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 15), 36, date(2029, 3, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, after: date):
    assert months_after(day, months) == after


def test_a_review_is_due_each_year_within_the_term():
    since, until = date(2026, 9, 1), date(2028, 9, 1)
    assert review_due(since, until, 0, 12) == date(2027, 9, 1)
    assert review_due(since, until, 1, 12) is None
    assert latest_end(since, 3) == date(2029, 9, 1)


@pytest.mark.parametrize(
    ("unmet", "blocked", "charged", "passed"),
    [
        (False, False, "680.00", True),
        (False, False, "680.01", False),
        (True, False, "680.00", False),
        (False, True, "680.00", False),
    ],
)
def test_the_result_of_a_review_follows_from_its_findings(unmet: bool, blocked: bool, charged: str, passed: bool):
    found = review_passed(unmet=unmet, blocked=blocked, charged=Decimal(charged), agreed=Decimal("680.00"))
    assert found is passed

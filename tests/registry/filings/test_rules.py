"""Days and consequences of filings, on both sides of each boundary."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.filings.rules import (
    Footing,
    against_subsidy,
    answer_due,
    confirmation_due,
    consequences,
    fee_regime,
    is_late,
    moved,
    standing,
)
from services.registry.parameters.published import PARAMETERS

PUBLIC = Footing("public", "operating", for_profit=False, founder_code="831", licence="valid", recognised=False)
INCLUSIVE = replace(PUBLIC, type="inclusive_private", founder_code="999", recognised=True)


@pytest.mark.parametrize(
    ("proposed", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),
        (date(2026, 9, 24), date(2026, 10, 15)),  # over 中秋 and 国庆, with the Saturday that makes up for it
        (date(2026, 9, 26), date(2026, 10, 15)),  # proposed on a holiday
    ],
)
def test_a_filing_is_answered_within_ten_working_days(proposed: date, due: date):
    assert answer_due(PARAMETERS, proposed) == due


@pytest.mark.parametrize(
    ("happened", "proposed", "late"),
    [
        (date(2026, 3, 2), date(2026, 3, 30), False),
        (date(2026, 3, 2), date(2026, 3, 31), True),
        (date(2026, 9, 15), date(2026, 10, 19), False),  # twenty working days over the National Day holiday
        (date(2026, 9, 15), date(2026, 10, 20), True),
        (date(2026, 3, 2), date(2026, 3, 2), False),
    ],
)
def test_a_change_is_filed_within_twenty_working_days_of_having_happened(happened: date, proposed: date, late: bool):
    assert is_late(PARAMETERS, happened, proposed) is late


@pytest.mark.parametrize(
    ("confirmed", "due"),
    [(date(2026, 3, 2), date(2027, 3, 2)), (date(2024, 2, 29), date(2025, 2, 28))],
)
def test_a_record_is_confirmed_again_after_a_year(confirmed: date, due: date):
    assert confirmation_due(PARAMETERS, confirmed, confirmed) == due


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2027, 1, 30), "fresh"),
        (date(2027, 1, 31), "due"),
        (date(2027, 3, 2), "due"),
        (date(2027, 3, 3), "stale"),
    ],
)
def test_a_record_is_stale_the_day_after_it_was_to_be_confirmed(on: date, found: str):
    assert standing(PARAMETERS, date(2027, 3, 2), on) == found


@pytest.mark.parametrize(
    ("footing", "against"),
    [
        (PUBLIC, []),
        (INCLUSIVE, []),
        (replace(PUBLIC, licence="expiring"), []),
        (replace(PUBLIC, licence="expired"), ["licence-not-in-force"]),
        (replace(PUBLIC, licence="suspended"), ["licence-not-in-force"]),
        (replace(PUBLIC, status="suspended"), ["not-operating"]),
        (replace(INCLUSIVE, recognised=False), ["not-recognised"]),
        (replace(INCLUSIVE, type="private"), ["not-inclusive"]),
        (replace(INCLUSIVE, type="private", for_profit=True), ["for-profit", "not-inclusive"]),
        (replace(PUBLIC, type=None), ["not-inclusive"]),
    ],
)
def test_public_money_depends_on_licence_type_form_and_recognition(footing: Footing, against: list[str]):
    assert against_subsidy(footing) == against


@pytest.mark.parametrize(
    ("kind", "regime"),
    [("public", "government"), ("inclusive_private", "agreed"), ("private", "market"), (None, None)],
)
def test_the_type_decides_who_sets_the_fee(kind: str | None, regime: str | None):
    assert fee_regime(kind) == regime


@pytest.mark.parametrize(
    ("after", "changed", "codes"),
    [
        ({}, ["phone"], []),
        ({}, ["address"], ["agreement-affected"]),
        ({"type": "private", "recognised": False}, ["type"], ["subsidy-lost", "fee-regime-changes"]),
        ({"for_profit": True}, ["for_profit"], ["subsidy-lost", "agreement-affected", "no-public-assets"]),
        ({"licensed_seats": 360, "children": 360}, ["licensed_seats"], []),
        ({"licensed_seats": 361, "children": 360}, ["licensed_seats"], ["kindergarten-too-large"]),
        ({"licensed_seats": 359, "children": 360}, ["licensed_seats"], ["seats-below-children"]),
        ({"licensed_seats": 359, "children": 360}, ["phone"], []),
    ],
)
def test_what_follows_from_a_change(after: dict[str, Any], changed: list[str], codes: list[str]):
    found = consequences(INCLUSIVE, replace(INCLUSIVE, **after), changed, 360)
    assert [each.code for each in found] == codes


def test_a_field_that_was_changed_meanwhile_is_named():
    assert moved({"phone": "1", "name": "a"}, {"phone": "2", "name": "a", "address": "x"}) == ["phone"]

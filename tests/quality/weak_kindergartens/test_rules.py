"""薄弱园: each reason at both sides of its boundary, and how many it takes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.quality.weak_kindergartens.actions import RULES
from services.quality.weak_kindergartens.rules import WeakFacts, WeakRule, is_weak, reasons, too_few
from shared.parameters import NoParameterInForce

RULE = WeakRule.in_force(RULES, date(2026, 9, 1))
SOUND = WeakFacts("passed", "good", 90, staff=20, carers=12)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"inspection": "failed"}, ["inspection_failed"]),
        ({"inspection": "conditional"}, ["inspection_conditional"]),
        ({"inspection": None, "grade": None}, []),
        ({"grade": "unqualified"}, ["grade_unqualified"]),
        ({"grade": "qualified"}, []),
        ({"children": 140}, ["care_ratio"]),
        ({"children": 108}, []),
        ({"children": 109}, ["care_ratio"]),
        ({"children": 140, "carers": 16}, []),
        ({"children": 141, "carers": 16}, ["staff_ratio"]),
        ({"staff": 0, "carers": 0}, ["staff_ratio", "care_ratio"]),
        ({"children": None, "staff": 0, "carers": 0}, []),
        ({"large_classes": 1}, ["large_classes"]),
        ({"major_hazards": 1}, ["major_hazard"]),
        ({"account_alerts": 1}, ["account_alert"]),
        ({"ethics_cases": 1}, ["ethics"]),
        ({"style_cases": 1}, ["primary_style"]),
    ],
)
def test_each_reason_at_its_boundary(change: dict[str, Any], found: list[str]):
    assert reasons(replace(SOUND, **change), RULE) == found


@pytest.mark.parametrize(
    ("found", "weak"),
    [
        ([], False),
        (["large_classes"], False),
        (["large_classes", "major_hazard"], True),
        (["inspection_failed"], True),
        (["grade_unqualified"], True),
        (["inspection_conditional"], False),
    ],
)
def test_one_decisive_reason_or_two_others_make_it_weak(found: list[str], weak: bool):
    assert is_weak(found, RULE) is weak


def test_nobody_to_care_for_children_is_too_few_and_no_children_is_not():
    assert too_few(1, 0, 7)
    assert not too_few(0, 0, 7)
    assert not too_few(None, 0, 7)


def test_before_there_was_a_rule_there_is_none():
    with pytest.raises(NoParameterInForce):
        WeakRule.in_force(RULES, date(2022, 12, 31))
    assert all(row["tag"] == "illustrative" and "演示" in row["basis"] for row in RULES)

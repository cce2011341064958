"""年检结论 by rule, at each side of its boundaries."""

from datetime import date

import pytest

from services.quality.annual_inspections.codes import Consequence
from services.quality.annual_inspections.rules import counts, effects, outcome

HARD = {"V1": "无严重师德失范", "V2": "无严重安全责任事故"}
LIMITS = (1, 5)


def findings(unmet: int, **more: str) -> dict[str, str]:
    return {f"I{n:02}": "unmet" if n < unmet else "met" for n in range(14)} | {"V1": "met", "V2": "met"} | more


@pytest.mark.parametrize(
    ("unmet", "result"), [(0, "passed"), (1, "conditional"), (4, "conditional"), (5, "failed"), (14, "failed")]
)
def test_the_number_of_unmet_items_decides(unmet: int, result: str):
    found = outcome(findings(unmet), HARD, veto=False, limits=LIMITS)
    assert (found.result, found.vetoed, len(found.unmet)) == (result, False, unmet)


def test_qua_03_a_confirmed_serious_case_fails_whatever_else_is_met():
    found = outcome(findings(0), HARD, veto=True, limits=LIMITS)
    assert (found.result, found.vetoed) == ("failed", True)
    assert found.reasons == ("一票否决:年度内有经确认的严重师德失范行为",)


def test_one_unmet_hard_item_vetoes_and_is_not_offset():
    found = outcome(findings(0, V2="unmet"), HARD, veto=False, limits=LIMITS)
    assert (found.result, found.vetoed, found.reasons) == ("failed", True, ("一票否决:无严重安全责任事故",))


def test_what_does_not_apply_is_not_unmet():
    found = outcome(findings(0, I03="not_applicable"), HARD, veto=False, limits=LIMITS)
    assert found.result == "passed"


@pytest.mark.parametrize(
    ("kind", "standing", "on", "counted"),
    [
        ("serious_ethics_violation", True, date(2026, 1, 1), True),
        ("serious_ethics_violation", True, date(2026, 12, 31), True),
        ("serious_ethics_violation", True, date(2025, 12, 31), False),
        ("serious_ethics_violation", True, date(2027, 1, 1), False),
        ("serious_ethics_violation", False, date(2026, 6, 1), False),
        ("penalty", True, date(2025, 12, 31), False),
        ("major_hazard", True, date(2024, 5, 1), True),
        ("major_hazard", True, date(2027, 1, 1), False),
        ("major_hazard", False, date(2026, 5, 1), False),
    ],
)
def test_a_fact_counts_in_its_year_and_a_major_hazard_until_it_is_removed(
    kind: str, standing: bool, on: date, counted: bool
):
    assert counts(kind, standing=standing, on=on, year=2026) is counted


def test_a_failed_inspection_suspends_subsidies():
    assert Consequence.SUBSIDY_SUSPENDED in {each for each, _ in effects("failed")}
    assert list(effects("passed")) == list(effects(None)) == []

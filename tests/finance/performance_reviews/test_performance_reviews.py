from decimal import Decimal
from typing import Any

import pytest

from services.finance.performance_reviews.codes import ReviewGrade
from services.finance.performance_reviews.rules import grade
from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("90", ReviewGrade.EXCELLENT),
        ("89.99", ReviewGrade.GOOD),
        ("80", ReviewGrade.GOOD),
        ("79.99", ReviewGrade.MEDIUM),
        ("60", ReviewGrade.MEDIUM),
        ("59.99", ReviewGrade.POOR),
    ],
)
def test_the_grade_follows_from_the_score(score: str, expected: ReviewGrade):
    assert grade(Decimal(score)) is expected


def sheet(benefit: str = "28", weight: str = "30") -> list[dict[str, Any]]:
    rows = [("决策", "decision", "15", "15"), ("过程", "process", "20", "10"), ("产出", "output", "35", "20")]
    rows.append(("效益", "benefit", weight, benefit))
    return [dict(zip(("name", "group", "weight", "score"), row, strict=True)) for row in rows]


async def test_whoever_spends_evaluates_first_and_another_person_after(finance: Service):
    both = finance.client(given.PREPARER, given.APPROVER, sub="both")
    sent = {"programme": "quota", "year": 2025, "indicators": sheet()}
    made = ok(await both.post("/v1/performance-reviews", json=sent), 201)
    assert made["self_score"] == "73.00"
    said = {"indicators": sheet("10"), "opinion": "执行偏慢", "rectification_due": "2026-06-30"}
    url = f"/v1/performance-reviews/{made['id']}"
    refused(await both.post(f"{url}/evaluations", json=said), "another-person-decides")
    found = ok(await given.approver(finance).post(f"{url}/evaluations", json=said))
    assert (found["score"], found["grade"]) == ("55.00", "poor")
    done = ok(await given.preparer(finance).post(f"{url}/rectifications", json={"rectification": "已加快拨付"}))
    assert done["state"] == "rectified"


@pytest.mark.parametrize("indicators", [sheet(weight="31"), sheet("31"), sheet()[:3]])
async def test_a_sheet_that_does_not_add_up_is_refused(finance: Service, indicators: list[dict[str, Any]]):
    sent = {"programme": "quota", "year": 2025, "indicators": indicators}
    refused(await given.preparer(finance).post("/v1/performance-reviews", json=sent), "invalid-input", 422)

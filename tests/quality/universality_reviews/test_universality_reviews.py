"""双普自查: national thresholds, figures the system has, the gap list, and figures kept as they were confirmed."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.quality import data
from services.quality.universality_reviews.actions import INDICATORS, NAMED
from services.quality.universality_reviews.rules import gap, is_met
from services.quality.universality_reviews.schemas import UniversalityReviewOut, UniversalityRow
from shared.contracts.registry import INDICATOR_FROZEN
from shared.ids import new_id
from tests.quality import given, matrix
from tests.stack import Service

STATED = [each.code for each in INDICATORS if each.threshold is None]


@pytest.mark.parametrize(
    ("code", "value", "met", "missing"),
    [
        ("A1", "85", True, "0"), ("A1", "84.99", False, "0.01"),
        ("A2", "80", True, "0"), ("A2", "79.99", False, "0.01"),
        ("A3", "50", True, "0"), ("A3", "49.99", False, "0.01"),
        ("B3", "0", True, "0"), ("B3", "1", False, "1"),
        ("C2", "85", True, "0"), ("C2", "84.9", False, "0.1"),
        ("C3", "15", True, "0"), ("C3", "15.01", False, "0.01"),
        ("C4", "100", True, "0"), ("C4", "99.9", False, "0.1"),
        ("C6", "0", True, "0"), ("C6", "1", False, "1"),
        ("D", "85.01", True, "0"), ("D", "85", False, "0"),
    ],
)  # fmt: skip
def test_each_threshold_decides_at_its_boundary(code: str, value: str, met: bool, missing: str):
    assert is_met(NAMED[code], Decimal(value), None) is met
    assert gap(NAMED[code], Decimal(value)) == Decimal(missing)


def test_the_national_list_is_whole_and_says_how_sure_it_is():
    assert [each.code for each in INDICATORS] == [
        *(f"A{n}" for n in range(1, 4)),
        *(f"B{n}" for n in range(1, 10)),
        *(f"C{n}" for n in range(1, 7)),
        "D",
    ]
    for row in data.rows("universality_indicators"):
        assert row["tag"] in ("verified", "known", "uncertain", "illustrative")
        assert ("演示" in row["formula"]) == (row["tag"] == "illustrative")


def frozen(indicator: str, value: str, day: str = f"{given.YEAR}-09-01", **changes: Any) -> dict[str, Any]:
    fact: dict[str, Any] = {"id": str(new_id()), "indicator": indicator, "version": 1, "division": given.DISTRICT}
    fact |= {"zone": None, "kindergarten": None, "as_of": day, "parameters": {}, "numerator": 1, "denominator": 1}
    return fact | {"value": value, "unit": "percent", "published": True, "synthetic": True} | changes


async def opened(quality: Service) -> str:
    made = await quality.client(given.OFFICER, sub="officer").post(
        "/v1/universality-reviews", json={"year": given.YEAR}
    )
    assert made.status_code == 201, made.text
    return f"/v1/universality-reviews/{made.json()['id']}"


async def shown(who: httpx.AsyncClient, path: str) -> UniversalityReviewOut:
    return UniversalityReviewOut.model_validate_json((await who.get(path)).content)


def row(review: UniversalityReviewOut, code: str) -> UniversalityRow:
    return next(each for each in review.indicators if each.code == code)


async def whole(officer: httpx.AsyncClient, path: str) -> None:
    """Everything the system cannot know is entered, and passes."""
    for code, value in (("C3", "14"), ("C4", "100"), ("D", "90")):
        assert (await officer.post(f"{path}/values", json={"code": code, "value": value})).status_code == 201
    for code in STATED:
        body = {"code": code, "stated": True, "evidence": ["佐证材料清单第1项"]}
        assert (await officer.post(f"{path}/values", json=body)).status_code == 201


async def system(quality: Service, public_share: str = "49.90") -> None:
    """Frozen figures of the district and one kindergarten, inspected, evaluated and checked."""
    for name, value in (
        ("enrolment_rate_3y", "98.10"),
        ("inclusive_coverage", "91.00"),
        ("class_size_compliance", "97"),
    ):
        await given.tell(quality, "registry", INDICATOR_FROZEN, frozen(name, value))
    for day, value in (("01-01", "40.00"), ("09-01", public_share)):
        fact = frozen("public_share", value, f"{given.YEAR}-{day}")
        await given.tell(quality, "registry", INDICATOR_FROZEN, fact)
    await given.tell(quality, "registry", INDICATOR_FROZEN, frozen("public_share", "1", zone="mountain"))


async def test_figures_are_drawn_from_what_the_system_knows_the_latest_of_the_year(quality: Service):
    officer = quality.client(given.OFFICER, sub="officer")
    await system(quality)
    await given.kindergarten(quality, type="private")
    found = await shown(officer, await opened(quality))
    a1, a3, b3 = row(found, "A1"), row(found, "A3"), row(found, "B3")
    assert (a1.value, a1.origin, a1.met) == (Decimal("98.1"), "drawn", True)
    assert (a3.value, a3.met, a3.gap) == (Decimal("49.9"), False, Decimal("0.1"))
    assert a3.source.endswith(f"({given.YEAR}-09-01)")
    assert (b3.value, b3.met) == (Decimal(1), False)
    assert (row(found, "B9").value, row(found, "C6").met, row(found, "C5").met) == (Decimal(0), None, None)
    assert (found.passes, found.unmet, found.met + found.unmet + found.unknown) == (False, 3, 19)


async def test_the_gap_list_says_what_is_missing_and_who_closes_it(quality: Service):
    officer = quality.client(given.OFFICER, sub="officer")
    await system(quality)
    path = await opened(quality)
    plan = {"code": "A3", "responsible": "区教委", "measure": "新开公办园一所", "due_on": "2020-01-01"}
    await officer.post(f"{path}/values", json=plan)
    gaps = {each["code"]: each for each in (await officer.get(f"{path}/gaps")).json()}
    assert "A1" not in gaps
    assert (gaps["A3"]["gap"], gaps["A3"]["responsible"], gaps["A3"]["overdue"]) == ("0.1", "区教委", True)
    # What the system counted is not overruled by what is entered.
    entered = await officer.post(f"{path}/values", json={"code": "A3", "value": "60"})
    assert row(UniversalityReviewOut.model_validate_json(entered.content), "A3").value == Decimal("49.9")


async def test_it_is_confirmed_by_another_when_nothing_is_unknown_and_keeps_its_figures(quality: Service):
    officer, leader = quality.client(given.OFFICER, sub="officer"), quality.client(given.LEADER, sub="leader")
    await system(quality, "55")
    one = await given.kindergarten(quality)
    path = await opened(quality)
    note = {"note": "自查完成"}
    early = await leader.post(f"{path}/confirmations", json=note)
    assert (early.status_code, early.json()["code"]) == (409, "indicators-unanswered")
    await whole(officer, path)
    for code, value in (("C5", "100"), ("C6", "0")):
        await officer.post(f"{path}/values", json={"code": code, "value": value})
    confirmed = await leader.post(f"{path}/confirmations", json=note)
    assert (confirmed.status_code, confirmed.json()["state"], confirmed.json()["unmet"]) == (201, "confirmed", 1)
    await given.tell(quality, "registry", INDICATOR_FROZEN, frozen("public_share", "10", f"{given.YEAR}-12-31"))
    assert row(await shown(officer, path), "A3").value == Decimal(55)
    closed = await officer.post(f"{path}/values", json={"code": "C4", "value": "1"})
    assert closed.json()["code"] == "not-in-this-state"
    again = await leader.post(f"{path}/reopenings", json={"note": "补充材料"})
    assert row(UniversalityReviewOut.model_validate_json(again.content), "A3").value == Decimal(10)
    assert (await quality.client(("principal", f"k:{one}")).get(path)).status_code == 403
    twice = await officer.post("/v1/universality-reviews", json={"year": given.YEAR})
    assert twice.json()["code"] == "one-review-a-year"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"code": "A9", "value": "1"}, "/code"),
        ({"code": "B1", "value": "1"}, "/value"),
        ({"code": "A1", "stated": True}, "/stated"),
    ],
)
async def test_an_indicator_is_counted_or_stated(quality: Service, body: dict[str, Any], pointer: str):
    path = await opened(quality)
    refused = await quality.client(given.OFFICER).post(f"{path}/values", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    await system(quality)
    one = await given.kindergarten(quality)
    path, officer = await opened(quality), quality.client(given.OFFICER, sub="officer")
    await whole(officer, path)
    for code, value in (("C5", "100"), ("C6", "0")):
        await officer.post(f"{path}/values", json={"code": code, "value": value})
    kept = {"facts": {}, "confirmed_by": "leader", "confirmed_on": str(given.TODAY)}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "enter": ("values", {"code": "C4", "value": "100"}),
        "confirm": ("confirmations", {"note": "确认"}),
        "reopen": ("reopenings", {"note": "退回"}),
    }
    grants = matrix.standing("quality.universality.", one).values()
    states: dict[str, dict[str, Any]] = {"draft": {}, "confirmed": kept}
    assert (
        await matrix.disagreements(
            quality,
            "universality_reviews",
            "/v1/universality-reviews",
            path.rpartition("/")[2],
            states,
            bodies,
            grants,
            "DELETE FROM steps",
        )
        == []
    )

"""一体化、拉手、结对: partners inside and outside, staff exchanged, before beside after and no cause claimed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.quality.partnerships.schemas import (
    PartnershipActivityOut,
    PartnershipEffect,
    PartnershipOut,
    PartnershipPage,
    StaffExchangeOut,
)
from shared.ids import new_id
from tests.quality import given, matrix
from tests.quality.weak_kindergartens.facts import graded
from tests.stack import Service

NOTE = {"note": "进展顺利"}


def partnership(kindergarten: UUID, partner: UUID | None = None, **changes: Any) -> dict[str, Any]:
    new: dict[str, Any] = {"kindergarten": str(kindergarten), "kind": "hand_in_hand", "agreement": "协议书"}
    new |= {"partner_kind": "kindergarten" if partner else "university", "goals": "提升教师观察能力"}
    new |= {"partner": str(partner)} if partner else {"partner_name": "某师范大学"}
    return new | {"since": "2025-09-01", "until": "2028-09-01"} | changes


async def agreed(service: Service, **changes: Any) -> tuple[UUID, UUID, str]:
    weak = await given.kindergarten(service, name="山里幼儿园")
    strong = await given.kindergarten(service, name="城里幼儿园", division="110116001001")
    made = await service.client(given.OFFICER).post("/v1/partnerships", json=partnership(weak, strong, **changes))
    assert made.status_code == 201, made.text
    return weak, strong, f"/v1/partnerships/{made.json()['id']}"


async def test_both_partners_see_it_and_a_stranger_does_not(quality: Service):
    weak, strong, path = await agreed(quality)
    for one in (weak, strong):
        found = await quality.client(("principal", f"k:{one}")).get(path)
        assert PartnershipOut.model_validate_json(found.content).partner_name == "城里幼儿园"
    stranger = quality.client(("principal", f"k:{await given.kindergarten(quality)}"))
    assert (await stranger.get(path)).status_code == 404
    assert (await quality.client(("principal", f"k:{strong}")).post(f"{path}/ends", json=NOTE)).status_code == 403


async def test_partners_may_be_outside_and_the_same_two_stand_once(quality: Service):
    weak, strong, path = await agreed(quality)
    officer = quality.client(given.OFFICER)
    outside = await officer.post("/v1/partnerships", json=partnership(weak, kind="paired"))
    assert (outside.json()["partner_kind"], outside.json()["partner"]) == ("university", None)
    twice = await officer.post(
        "/v1/partnerships", json=partnership(weak, strong, since="2028-08-31", until="2029-01-01")
    )
    assert (twice.status_code, twice.json()["code"]) == (409, "partnership-stands-already")
    await officer.post(f"{path}/ends", json=NOTE)
    anew = await officer.post("/v1/partnerships", json=partnership(weak, strong))
    assert anew.status_code == 201
    page = await officer.get("/v1/partnerships", params={"in_force_on": str(given.TODAY), "kind": "hand_in_hand"})
    assert len(PartnershipPage.model_validate_json(page.content).items) == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"partner": None, "partner_name": ""}, 422, "partner-is-missing"),
        ({"partner_kind": "outside"}, 422, "partner-is-missing"),
        ({"partner_name": "又名"}, 422, "partner-is-missing"),
        ({"partner": "self"}, 409, "partner-is-another"),
        ({"until": "2025-09-01"}, 409, "partnership-ends-after-it-begins"),
        ({"goals": "幼儿测评平均得分提高"}, 422, "children-are-not-scored"),
    ],
)
async def test_a_partnership_that_cannot_be_is_refused(
    quality: Service, change: dict[str, Any], status: int, code: str
):
    weak, strong = await given.kindergarten(quality), await given.kindergarten(quality)
    new = partnership(weak, strong) | change
    new |= {"partner": str(weak)} if change.get("partner") == "self" else {}
    refused = await quality.client(given.OFFICER).post("/v1/partnerships", json=new)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_what_the_partners_do_and_whom_they_exchange_lies_within_its_time(quality: Service):
    _, strong, path = await agreed(quality)
    helper = quality.client(("principal", f"k:{strong}"))
    id_ = path.rsplit("/", 1)[-1]
    new: dict[str, Any] = {"partnership": id_, "on": str(given.TODAY), "form": "resource", "topic": "园本课程资源包"}
    new |= {"summary": "共享二十个活动方案", "participants": 12}
    made = await helper.post("/v1/partnership-activities", json=new)
    assert made.status_code == 201, made.text
    assert PartnershipActivityOut.model_validate_json(made.content).participants == 12
    early = await helper.post("/v1/partnership-activities", json=new | {"on": "2025-08-31"})
    assert (early.status_code, early.json()["code"]) == (422, "outside-the-partnership")
    person = str(new_id())
    away: dict[str, Any] = {"partnership": id_, "person": person, "kind": "rotation", "direction": "from_partner"}
    away |= {"since": "2026-09-01", "until": "2027-07-01", "task": "指导教研"}
    sent = await helper.post("/v1/staff-exchanges", json=away)
    assert sent.status_code == 201, sent.text
    assert StaffExchangeOut.model_validate_json(sent.content).outcome is None
    twice = await helper.post("/v1/staff-exchanges", json=away | {"kind": "shadowing", "since": "2027-06-30"})
    assert (twice.status_code, twice.json()["code"]) == (409, "person-is-exchanged-once")
    long = await helper.post("/v1/staff-exchanges", json=away | {"person": str(new_id()), "until": "2028-09-02"})
    assert (long.status_code, long.json()["errors"][0]["pointer"]) == (422, "/until")
    report = f"/v1/staff-exchanges/{sent.json()['id']}/reports"
    assert (await helper.post(report, json={"outcome": "带出三名骨干"})).json()["reported_on"] == str(given.TODAY)
    assert (await helper.post(report, json={"outcome": "再报"})).json()["code"] == "outcome-is-reported"
    on = await helper.get("/v1/staff-exchanges", params={"away_on": "2027-06-30"})
    off = await helper.get("/v1/staff-exchanges", params={"away_on": "2027-07-01"})
    assert (len(on.json()["items"]), len(off.json()["items"])) == (1, 0)
    shown = (await quality.client(given.OFFICER).get(path)).json()
    assert (shown["activities"], shown["exchanges"]) == (1, 1)


async def test_effect_sets_before_beside_after_with_their_dates(quality: Service):
    weak, _, path = await agreed(quality)
    officer = quality.client(given.OFFICER)

    async def effect(**params: str) -> PartnershipEffect:
        answer = await officer.get(f"{path}/effect", params=params)
        assert answer.status_code == 200, answer.text
        return PartnershipEffect.model_validate_json(answer.content)

    none = await effect()
    assert (none.before, none.after, none.comparable, none.difference) == (None, None, False, None)
    assert "不说明因果" in none.statement_zh
    await graded(quality, weak, "qualified", date(2023, 5, 1), points=Decimal("61.00"))
    await graded(quality, weak, "qualified", date(2025, 8, 31), points=Decimal("65.50"))
    half = await effect()
    assert half.before is not None
    assert (half.before.published_on, half.after, half.difference) == (date(2025, 8, 31), None, None)
    await graded(quality, weak, "good", date(2025, 9, 1), points=Decimal("80.25"))
    whole = await effect()
    assert whole.after is not None
    assert (whole.after.grade, whole.comparable, whole.difference) == ("good", True, Decimal("14.75"))
    assert (await effect(as_of="2025-08-31")).after is None
    await graded(quality, weak, "good", date(2026, 9, 1), points=Decimal("82.00"), framework_edition="next")
    other = await effect()
    assert (other.comparable, other.difference) == (False, None)


async def test_a_review_moves_the_next_one_and_late_ones_are_listed(quality: Service):
    _, _, path = await agreed(quality, since=str(given.TODAY), until=str(given.TODAY + timedelta(400)))
    officer = quality.client(given.OFFICER)
    assert (await officer.get(path)).json()["review_due_on"] == str(given.TODAY + timedelta(180))
    await quality.database.fetch("UPDATE partnerships SET review_due_on = %s", given.TODAY - timedelta(1))
    assert len((await officer.get("/v1/partnerships", params={"overdue": "true"})).json()["items"]) == 1
    done = await officer.post(f"{path}/reviews", json=NOTE)
    assert (done.json()["overdue"], done.json()["reviewed_on"]) == (False, str(given.TODAY))


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    weak, strong, path = await agreed(quality)
    bodies = {"review": ("reviews", NOTE), "end": ("ends", NOTE)}
    beside = matrix.standing("quality.support", strong, "110116001")
    grants = [*matrix.standing("quality.support", weak).values(), *beside.values()]
    for since in (given.TODAY, given.TODAY + timedelta(1)):
        states = {each: {"since": str(since), "until": "2099-01-01"} for each in ("agreed", "ended")}
        wrong = await matrix.disagreements(
            quality, "partnerships", "/v1/partnerships", path.rsplit("/", 1)[-1], states, bodies, grants
        )
        assert wrong == []

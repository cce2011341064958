"""A hazard through its life, by the people who do each step."""

from typing import Any
from uuid import UUID

import httpx

from services.safety.hazards.schemas import HazardCount, HazardOut, HazardPage
from shared.workdays import add_working_days
from tests.safety import given
from tests.safety.given import INSPECTOR, LEADER, OFFICER, TODAY
from tests.stack import Service


async def done(client: httpx.AsyncClient, id: str, what: str, status: int = 201, /, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/hazards/{id}/{what}", json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def reported(safety: Service, garden: UUID, **fields: Any) -> str:
    teacher = safety.client(("teacher", f"k:{garden}"), sub="teacher")
    answer = await teacher.post("/v1/hazards", json=given.hazard(garden, **fields))
    assert answer.status_code == 201, answer.text
    HazardOut.model_validate_json(answer.content)
    return str(answer.json()["id"])


async def test_a_general_hazard_from_report_to_closing(safety: Service):
    garden = await given.kindergarten(safety)
    principal = safety.client(("principal", f"k:{garden}"), sub="principal")
    inspector, officer = safety.client(INSPECTOR), safety.client(OFFICER)
    before = await given.photo(principal, garden)
    made = await reported(safety, garden, photos=[before])
    graded = await done(inspector, made, "gradings")
    assert (graded["state"], graded["level"]) == ("graded", "general")
    assert graded["due_on"] == add_working_days(TODAY, 10).isoformat()
    await done(principal, made, "assignments", responsible="后勤主任(演示)")
    after = await given.photo(principal, garden)
    await done(principal, made, "rectifications", note="已清理", files=[after])
    failed = await done(inspector, made, "verifications", passed=False, note="仍有杂物")
    assert (failed["state"], failed["failed_verifications"]) == ("assigned", 1)
    await done(principal, made, "rectifications", note="再次清理", files=[after])
    closed = await done(officer, made, "verifications", passed=True, note="现场复核通过")
    assert closed["state"] == "closed"
    assert [step["verb"] for step in closed["steps"]] == [
        "report", "grade", "assign", "rectify", "verify", "rectify", "verify",
    ]  # fmt: skip
    assert all(step["basis"] for step in closed["steps"])
    reopened = await done(officer, made, "reopenings", note="再次堆放")
    assert (reopened["state"], reopened["reopenings"]) == ("assigned", 1)


async def test_a_major_hazard_is_listed_planned_accepted_and_removed(safety: Service):
    garden = await given.kindergarten(safety)
    principal = safety.client(("principal", f"k:{garden}"), sub="principal")
    officer, inspector, leader = safety.client(OFFICER), safety.client(INSPECTOR), safety.client(LEADER)
    made = await reported(safety, garden, item="F-02")
    assert (await done(officer, made, "gradings", 409, level="general"))["code"] == "direct-item-is-major"
    assert (await done(officer, made, "gradings"))["level"] == "major"
    await done(officer, made, "assignments", responsible="园长")
    proof: dict[str, Any] = {"note": "已搬迁", "files": [await given.photo(principal, garden)]}
    assert (await done(principal, made, "rectifications", 409, **proof))["code"] == "plan-missing"
    plan: dict[str, Any] = {
        "measures": "搬迁至二层",
        "funds": "园所自筹5万元",
        "person": "园长",
        "finish_by": TODAY.isoformat(),
    }
    plan |= {"emergency_plan": "停用四层"}
    assert (await done(principal, made, "plans", 409, **plan))["code"] == "not-listed"
    order: dict[str, Any] = {
        "document": "怀安督〔2026〕1号(演示)",
        "unit": "区教委",
        "leader": "分管副主任",
        "interim_measure": "停用",
    }
    listed = await done(leader, made, "listings", **order)
    assert listed["supervision"]["leader"] == "分管副主任"
    assert (await done(leader, made, "listings", 409, **order))["code"] == "already-listed"
    assert (await done(principal, made, "plans", **plan))["planned"]
    await done(principal, made, "progress-reports", month=f"{TODAY:%Y-%m}", percent=50, note="完成一半")
    await done(principal, made, "rectifications", **proof)
    assert (await done(inspector, made, "verifications", passed=True, note="验收"))["state"] == "accepted"
    removed = await done(leader, made, "removals", document="怀安销〔2026〕1号(演示)", note="销号")
    assert (removed["state"], removed["supervision"]["removed_on"]) == ("closed", TODAY.isoformat())
    facts = await safety.database.fetch("SELECT data->>'state' FROM events WHERE type ^@ 'safety.major' ORDER BY seq")
    assert facts == [("listed",), ("removed",)]


async def test_a_general_hazard_is_raised_to_major_only_with_a_reason(safety: Service):
    garden, officer = await given.kindergarten(safety), safety.client(OFFICER)
    made = await reported(safety, garden)
    assert (await done(officer, made, "gradings", 422, level="major"))["code"] == "reason-needed"
    assert (await done(officer, made, "gradings", level="major", note="综合判定"))["level"] == "major"


async def test_nobody_verifies_what_they_reported_or_rectified(safety: Service):
    garden = await given.kindergarten(safety)
    both = safety.client(INSPECTOR, ("principal", f"k:{garden}"), sub="both")
    officer = safety.client(OFFICER)
    made = await reported(safety, garden)
    await done(officer, made, "gradings")
    await done(officer, made, "assignments", responsible="园长")
    await done(both, made, "rectifications", note="好了", files=[await given.photo(both, garden)])
    refused = await done(both, made, "verifications", 403, passed=True, note="自己看过")
    assert refused["code"] == "another-person-needed"


async def test_an_extension_is_asked_by_one_and_decided_by_another(safety: Service):
    garden, officer = await given.kindergarten(safety), safety.client(OFFICER)
    principal = safety.client(("principal", f"k:{garden}"), sub="principal")
    made = await reported(safety, garden)
    due = add_working_days(TODAY, 10)
    await done(officer, made, "gradings")
    await done(officer, made, "assignments", responsible="园长")
    late = add_working_days(due, 11).isoformat()
    assert (await done(principal, made, "extensions", 422, until=late, note="缺料"))["code"] == "invalid-input"
    until = add_working_days(due, 10)
    for time in (1, 2):
        await done(principal, made, "extensions", until=until.isoformat(), note="缺料")
        again = await done(principal, made, "extensions", 409, until=until.isoformat(), note="缺料")
        assert again["code"] == "extension-pending"
        found = await done(officer, made, "extension-decisions", approved=True, note="同意")
        assert (found["due_on"], found["extensions"]) == (until.isoformat(), time)
        until = add_working_days(until, 10)
    assert (await done(principal, made, "extensions", 409, until=late, note="又"))["code"] == "extensions-used-up"


async def test_a_finding_of_quality_is_one_hazard_however_often_it_is_sent(safety: Service):
    garden = await given.kindergarten(safety)
    quality = safety.client(("service", given.DISTRICT), sub="quality")
    body = {
        "kindergarten": str(garden), "category": "conduct", "place": "大班", "description": "提前教授小学内容",
        "legal_basis": "学前教育法第五十九条", "found_on": TODAY.isoformat(), "synthetic": True,
    }  # fmt: skip
    first = await quality.put("/v1/findings/quality/visit-7", json=body)
    again = await quality.put("/v1/findings/quality/visit-7", json=body)
    assert (first.status_code, first.json()["id"]) == (201, again.json()["id"])
    other = body | {"kindergarten": str(await given.kindergarten(safety))}
    assert (await quality.put("/v1/findings/quality/visit-7", json=other)).json()["code"] == "finding-differs"
    facts = await safety.database.fetch(
        "SELECT data->>'source_reference' FROM events WHERE type='safety.hazard.report'"
    )
    assert facts == [("visit-7",)]


async def test_what_lies_out_of_scope_does_not_exist(safety: Service):
    garden = await given.kindergarten(safety)
    made = await reported(safety, garden)
    elsewhere = safety.client(("town_officer", given.OTHER_TOWN))
    assert (await elsewhere.get(f"/v1/hazards/{made}")).status_code == 404
    await done(elsewhere, made, "gradings", 404)
    assert (await elsewhere.post("/v1/hazards", json=given.hazard(garden))).status_code == 404


async def test_a_photo_of_another_kindergarten_proves_nothing(safety: Service):
    garden, other = await given.kindergarten(safety), await given.kindergarten(safety)
    foreign = await given.photo(safety.client(OFFICER), other)
    answer = await safety.client(OFFICER).post("/v1/hazards", json=given.hazard(garden, photos=[foreign]))
    assert (answer.status_code, answer.json()["code"]) == (422, "file-unknown")


async def test_lists_filter_and_count_what_is_overdue(safety: Service):
    garden, officer = await given.kindergarten(safety), safety.client(OFFICER)
    for _ in range(3):
        await reported(safety, garden)
    made = await reported(safety, garden, item="F-04")
    await done(officer, made, "gradings")
    later = add_working_days(TODAY, 31).isoformat()
    found = await officer.get("/v1/hazards", params={"overdue": True, "as_of": later, "count": True})
    assert HazardPage.model_validate_json(found.content).total == 1
    assert (await officer.get("/v1/hazards", params={"state": "reported", "limit": 2})).json()["next"]
    assert len((await officer.get("/v1/hazards", params={"level": "major"})).json()["items"]) == 1
    items = (await officer.get("/v1/hazard-items")).json()
    assert {"code": "F-02", "level": "major"}.items() <= items[1].items()


async def test_hazards_are_counted_by_category_and_level(safety: Service):
    garden, officer = await given.kindergarten(safety), safety.client(OFFICER)
    await reported(safety, garden)
    made = await reported(safety, garden)
    await done(officer, made, "gradings")
    await safety.database.fetch("UPDATE hazards SET due_on = due_on - 60 WHERE due_on IS NOT NULL")
    found = [HazardCount.model_validate(each) for each in (await officer.get("/v1/hazard-counts")).json()]
    assert [(each.level, each.found, each.open, each.overdue) for each in found] == [
        ("general", 1, 1, 1),
        (None, 1, 1, 0),
    ]

"""薄弱园帮扶: identified by the rule with reasons, planned with goals, reviewed, released when weak no more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.quality.support_cases.schemas import SupportCaseOut, SupportCasePage, SupportFigures
from tests.quality import given, matrix
from tests.quality.weak_kindergartens.facts import hazard, inspected
from tests.stack import Service

DUE = str(given.TODAY + timedelta(90))
GOAL = {"goal": "配齐保教人员", "measure": "师幼比达标", "responsible": "分管副园长", "due_on": DUE}
PLAN: dict[str, Any] = {"lead": "区教委学前科", "goals": [GOAL, GOAL | {"goal": "消除重大隐患"}]}
NOTE = {"note": "按计划推进"}


async def identified(service: Service) -> tuple[UUID, str]:
    one = await given.kindergarten(service)
    officer = service.client(given.OFFICER, sub="organiser")
    strong = await officer.post("/v1/support-cases", json={"kindergarten": str(one)})
    assert (strong.status_code, strong.json()["code"]) == (409, "not-weak-by-the-rule")
    await inspected(service, one, "failed", given.TODAY)
    made = await officer.post("/v1/support-cases", json={"kindergarten": str(one)})
    assert made.status_code == 201, made.text
    again = await officer.post("/v1/support-cases", json={"kindergarten": str(one)})
    assert (again.status_code, again.json()["code"]) == (409, "supported-already")
    return one, f"/v1/support-cases/{made.json()['id']}"


async def test_reasons_and_the_edition_of_the_rule_are_kept(quality: Service):
    one, path = await identified(quality)
    await quality.database.fetch("UPDATE annual_inspections SET result = 'passed'")
    found = SupportCaseOut.model_validate_json((await quality.client(given.OFFICER).get(path)).content)
    assert ([each.value for each in found.reasons], found.still_weak) == (["inspection_failed"], False)
    assert (found.edition, found.facts["inspection"]) == ("illustrative-2023", "failed")
    principal = quality.client(("principal", f"k:{one}"))
    assert (await principal.get(path)).status_code == 200
    future = {"kindergarten": str(one), "as_of": str(given.TODAY + timedelta(1))}
    assert (await quality.client(given.OFFICER).post("/v1/support-cases", json=future)).status_code == 422


async def test_it_is_planned_reviewed_and_released_by_another_when_strong(quality: Service):
    _, path = await identified(quality)
    organiser, leader = quality.client(given.OFFICER, sub="organiser"), quality.client(given.LEADER)
    late = PLAN | {"goals": [GOAL | {"due_on": str(given.TODAY - timedelta(1))}]}
    refused = await organiser.post(f"{path}/plans", json=late)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/goals/0/due_on")
    planned = await organiser.post(f"{path}/plans", json=PLAN)
    assert planned.json()["review_due_on"] == str(given.TODAY + timedelta(180))
    early = await leader.post(f"{path}/releases", json=NOTE)
    assert early.json()["code"] == "review-comes-first"
    unknown = await organiser.post(f"{path}/reviews", json=NOTE | {"reached": [3]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "goal-unknown")
    for due, overdue in ((given.TODAY, "false"), (given.TODAY - timedelta(1), "true")):
        await quality.database.fetch("UPDATE support_cases SET review_due_on = %s", due)
        page = await organiser.get("/v1/support-cases", params={"overdue": overdue, "open": "true"})
        assert len(SupportCasePage.model_validate_json(page.content).items) == 1
    reviewed = SupportCaseOut.model_validate_json(
        (await organiser.post(f"{path}/reviews", json=NOTE | {"reached": [2]})).content
    )
    assert [each.reached_on for each in reviewed.goals] == [None, given.TODAY]
    assert (await leader.post(f"{path}/releases", json=NOTE)).json()["code"] == "still-weak-by-the-rule"
    await quality.database.fetch("UPDATE annual_inspections SET result = 'passed'")
    assert (await organiser.post(f"{path}/releases", json=NOTE)).json()["code"] == "another-person-needed"
    done = await leader.post(f"{path}/releases", json=NOTE)
    assert (done.json()["state"], done.json()["released_on"]) == ("released", str(given.TODAY))


async def test_figures_count_the_weak_the_supported_and_the_paired(quality: Service):
    one, path = await identified(quality)
    await quality.client(given.OFFICER).post(f"{path}/plans", json=PLAN)
    weak = await given.kindergarten(quality)
    await hazard(quality, weak, given.TODAY)
    await inspected(quality, weak, "conditional", given.TODAY)
    helper = await given.kindergarten(quality)
    officer = quality.client(given.OFFICER)

    async def figures() -> SupportFigures:
        return SupportFigures.model_validate_json((await officer.get("/v1/support-coverage/figures")).content)

    before = await figures()
    assert (before.kindergartens, before.weak, before.weak_supported, before.weak_with_partner) == (3, 2, 1, 0)
    assert (before.supported_percent, before.partner_percent) == ("50.00", "0.00")
    assert (before.open_cases, before.planned, before.overdue_reviews) == (1, 1, 0)
    new = {"kindergarten": str(weak), "kind": "paired", "partner_kind": "kindergarten", "partner": str(helper)}
    new |= {"since": str(given.TODAY), "until": DUE, "agreement": "协议", "goals": "提升保教质量"}
    assert (await officer.post("/v1/partnerships", json=new)).status_code == 201
    await quality.database.fetch("UPDATE support_cases SET review_due_on = %s", given.TODAY - timedelta(1))
    await quality.database.fetch("UPDATE partnerships SET review_due_on = %s", given.TODAY - timedelta(1))
    after = await figures()
    assert (after.weak_with_partner, after.partner_percent, after.overdue_reviews) == (1, "50.00", 2)
    shown = await officer.get("/v1/weak-kindergartens", params={"weak": "true", "supported": "true"})
    assert [each["kindergarten"] for each in shown.json()["items"]] == [str(one)]


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, path = await identified(quality)
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "plan": ("plans", PLAN),
        "review": ("reviews", NOTE),
        "release": ("releases", NOTE),
    }
    grants = matrix.standing("quality.support", one).values()
    for weak in (True, False):
        for reviewed in (None, str(given.TODAY)):
            states = {each: {"reviewed_on": reviewed} for each in ("identified", "planned", "released")}
            wrong = await matrix.disagreements(
                quality, "support_cases", "/v1/support-cases", path.rsplit("/", 1)[-1], states, bodies, grants
            )
            assert wrong == []
        if weak:
            await quality.database.fetch("UPDATE annual_inspections SET result = 'passed'")

"""任务分解: measures become tasks; each unit sees its own, confirms them, reports on them, finishes them."""

from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from services.registry.parameters.published import PARAMETERS
from services.registry.plan_tasks.rules import name_of, quarter_of, report_due
from services.registry.plan_tasks.schemas import (
    PlanQuarterReportPage,
    PlanTaskEvidence,
    PlanTaskOut,
    PlanTaskPage,
    PlanTasksAssigned,
    PlanTasksDerived,
    PlanTasksOverdue,
)
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import TOWN, Grant
from tests.registry.plan_tasks.office import (
    CLAUSE,
    DAY,
    LEADER,
    PLANNER,
    SAFETY,
    TASKS,
    TODAY,
    assigned,
    done,
    drafted,
    fields,
    quarter_before,
)
from tests.stack import Service

ELSEWHERE: Grant = ("town_officer", given.OTHER_TOWN)
NOTE = {"note": "演示"}
THIS = f"reports/{name_of(quarter_of(TODAY))}"
REPORT = {"percent": 40, "summary": "已完成四成"}


async def listed(client: AsyncClient, **query: Any) -> PlanTaskPage:
    answer = await client.get(TASKS, params={"limit": 500} | query)
    assert answer.status_code == 200, answer.text
    return PlanTaskPage.model_validate_json(answer.content)


async def test_every_measure_becomes_a_task_once(registry: Service):
    client = registry.client(PLANNER)
    made = PlanTasksDerived.model_validate_json((await client.post("/v1/plan/task-derivations")).content)
    assert (made.derived, made.tasks) == (160, 160)
    again = (await client.post("/v1/plan/task-derivations")).json()
    assert (again["derived"], again["tasks"]) == (0, 160)
    page = await listed(client, count=True)
    assert (page.total, {each.state for each in page.items}) == (160, {"draft"})
    assert {each.due_on for each in page.items} == {date(2025, 12, 31)}
    by = {each.clause: each for each in page.items}
    rate = by["二-1"]
    assert (rate.indicator, rate.comparison, rate.threshold) == ("enrolment_rate_3y", "ge", "0.98")
    assert (rate.lead, rate.basis) == ("education_commission", "计划未写明牵头单位,拟由区教委牵头,待区确定")
    assert by["三(四)3-d"].lead == "social_security"
    assert by["三(四)3-d"].assist == ["medical_security", "tax"]
    assert len((await listed(client, section="三(一)1-")).items) == 11
    assert [each.clause for each in (await listed(client, unit="tax")).items] == ["三(四)3-d"]


async def test_a_task_is_assigned_confirmed_reported_and_accepted_by_another(registry: Service):
    url, town_ = await drafted(registry, basis="区委教育工作领导小组会议纪要(演示)"), registry.client(TOWN)
    found = await done(registry.client(PLANNER), "POST", f"{url}/assignments", {"document": "演示〔2026〕3号"})
    assert (found.state, found.assigned_on, found.division) == ("assigned", TODAY, given.TOWN)
    found = await done(town_, "POST", f"{url}/confirmations", NOTE)
    assert (found.state, found.confirmed_on, found.basis) == ("confirmed", TODAY, "区委教育工作领导小组会议纪要(演示)")
    found = await done(town_, "PUT", f"{url}/{THIS}", REPORT)
    found = await done(town_, "PUT", f"{url}/{THIS}", REPORT | {"percent": 60})
    (report,) = found.reports
    assert (report.percent, report.late, report.due_on) == (60, False, report_due(quarter_of(TODAY), PARAMETERS))
    assert found.next_report_due_on == report.due_on
    found = await done(town_, "POST", f"{url}/submissions", NOTE)
    assert (found.state, found.submitted_on) == ("submitted", TODAY)
    found = await done(registry.client(LEADER), "POST", f"{url}/returns", NOTE)
    assert (found.state, found.submitted_on) == ("confirmed", None)
    await done(registry.client(PLANNER), "POST", f"{url}/submissions", NOTE)
    same = await registry.client(PLANNER).post(f"{url}/acceptances", json=NOTE)
    assert (same.status_code, same.json()["code"]) == (403, "another-person-needed")
    found = await done(registry.client(LEADER), "POST", f"{url}/acceptances", NOTE)
    assert (found.state, found.closed_on) == ("completed", TODAY)
    assert [each.verb for each in found.steps] == [
        "assign", "confirm", "report", "report", "submit", "return", "submit", "accept"
    ]  # fmt: skip
    kinds = await registry.database.fetch("SELECT DISTINCT type FROM events WHERE type ^@ 'registry.plan_task'")
    assert len(kinds) == 7


async def test_a_town_sees_what_it_leads_and_assists_and_changes_only_what_it_leads(registry: Service):
    lead = await assigned(registry)
    assist = await assigned(registry, title="配合事项(演示)", lead="finance_bureau", assist=[given.TOWN])
    await assigned(registry, title="区级事项(演示)", lead="tax", assist=[])
    together = await assigned(registry, title="各镇乡街道(演示)", lead="towns", assist=[])
    client = registry.client(TOWN)
    seen = {f"{TASKS}/{each.id}" for each in (await listed(client)).items}
    assert seen == {lead, assist, together}
    assert {f"{TASKS}/{each.id}" for each in (await listed(client, mine=True)).items} == seen
    assert [f"{TASKS}/{each.id}" for each in (await listed(client, lead=given.TOWN)).items] == [lead]
    other = registry.client(ELSEWHERE)
    assert [f"{TASKS}/{each.id}" for each in (await listed(other)).items] == [together]
    assert (await other.get(lead)).status_code == 404
    assert (await other.put(f"{lead}/{THIS}", json=REPORT)).status_code == 404
    refused = await client.put(f"{assist}/{THIS}", json=REPORT)
    assert refused.status_code in (403, 409)
    assert refused.json()["code"] in ("not-your-task", "not-permitted")
    assert len((await listed(registry.client(PLANNER), mine=True)).items) == 0


async def test_a_departments_people_are_entered_and_see_their_own(registry: Service):
    url = await assigned(registry, lead="public_security", assist=[])
    await assigned(registry, lead="tax", assist=[])
    officer = registry.client(SAFETY, sub="wang-演示")
    refused = await officer.post(f"{url}/confirmations", json=NOTE)
    assert (refused.status_code, refused.json()["code"]) == (409, "not-your-task")
    members = "/v1/plan/units/public_security/members"
    planner = registry.client(PLANNER)
    put = await planner.put(members, json={"accounts": ["wang-演示", "li-演示"]})
    assert put.json() == {"unit": "public_security", "accounts": ["li-演示", "wang-演示"]}
    assert (await planner.get(members)).json() == put.json()
    (own,) = (await listed(officer, mine=True)).items
    assert f"{TASKS}/{own.id}" == url
    assert (await done(officer, "POST", f"{url}/confirmations", NOTE)).state == "confirmed"
    assert (await planner.put("/v1/plan/units/none/members", json={"accounts": []})).status_code == 404
    assert (await registry.client(("planner", given.TOWN)).put(members, json={"accounts": []})).status_code == 403


async def test_units_are_listed_and_one_the_plan_does_not_name_is_entered(registry: Service):
    client = registry.client(PLANNER)
    kinds = [each["kind"] for each in (await client.get("/v1/plan/units", params={"limit": 100})).json()["items"]]
    assert (kinds.count("town"), kinds.count("street"), kinds.count("collective")) == (14, 2, 5)
    body = {"name_zh": "区文化和旅游局(演示)", "kind": "department", "source": "演示"}
    try:
        assert (await client.put("/v1/plan/units/culture", json=body)).json()["name_zh"] == body["name_zh"]
        assert (await client.get("/v1/plan/units/culture")).status_code == 200
        for wrong in ({"kind": "town"}, {"kind": "town", "division": "110116102"}, {"division": "110116102"}):
            answer = await client.put("/v1/plan/units/culture", json=body | wrong)
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unit-division-wrong")
    finally:
        await registry.database.fetch("DELETE FROM plan_units WHERE code = 'culture'")


async def test_what_is_late_is_listed_as_of_any_day(registry: Service):
    quarter = quarter_before(TODAY)
    url = await assigned(registry, on=quarter, due_on=(quarter + 5 * DAY).isoformat())
    client, due = registry.client(TOWN), report_due(quarter, PARAMETERS)

    async def late(**query: str) -> list[tuple[str, int]]:
        answer = await client.get(f"{TASKS}/overdue", params=query)
        found = PlanTasksOverdue.model_validate_json(answer.content)
        return [(each.kind, each.days) for item in found.items for each in item.warnings]

    assert await late(as_of=(quarter + 5 * DAY).isoformat()) == []
    assert await late(as_of=(quarter + 6 * DAY).isoformat()) == [("task_overdue", 1)]
    assert ("report_missing", 1) in await late(as_of=(due + DAY).isoformat())
    assert await late(unit="tax") == []
    assert [each.overdue for each in (await listed(client)).items] == [True]
    assert (await listed(client, overdue=False)).items == []
    before = await listed(client, as_of=(quarter - DAY).isoformat())
    assert [(each.state, each.overdue, each.assigned_on) for each in before.items] == [("draft", False, None)]
    found = await done(client, "PUT", f"{url}/reports/{name_of(quarter)}", REPORT)
    assert [each.late for each in found.reports] == [due < TODAY]
    listed_ = await client.get("/v1/plan/task-reports", params={"quarter": name_of(quarter), "late": due < TODAY})
    (row,) = PlanQuarterReportPage.model_validate_json(listed_.content).items
    assert (row.lead, row.quarter, row.late) == (given.TOWN, name_of(quarter), due < TODAY)
    assert (await client.get("/v1/plan/task-reports", params={"unit": "tax"})).json()["items"] == []
    assert (await client.get(f"{TASKS}/overdue", params={"as_of": "2022-12-31"})).status_code == 404


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        ({"clause": "九-9"}, "/clause", "clause-unknown"),
        ({"plan": "none"}, "/plan", "plan-unknown"),
        ({"lead": "nobody"}, "/lead", "unit-unknown"),
        ({"assist": ["tax", "nobody"]}, "/assist/1", "unit-unknown"),
        ({"assist": ["tax", "tax"]}, "/assist", "unit-named-twice"),
        ({"due_on": "2022-12-31"}, "/due_on", "due-before-the-plan"),
        ({"indicator": "public_share"}, "/indicator", "indicator-incomplete"),
        ({"indicator": "x", "comparison": "ge", "threshold": "1"}, "/indicator", "indicator-unknown"),
        (
            {"indicator": "public_share", "comparison": "ge", "threshold": "1", "parameters": {"x": "y"}},
            "/parameters/x",
            "parameter-unknown",
        ),
    ],
)
async def test_a_task_names_what_there_is(registry: Service, changed: dict[str, Any], pointer: str, code: str):
    answer = await registry.client(PLANNER).post(TASKS, json=fields(**changed))
    assert answer.status_code == 422
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (pointer, code)


async def test_the_lead_does_not_assist_and_days_do_not_lie_ahead(registry: Service):
    client = registry.client(PLANNER)
    answer = await client.post(TASKS, json=fields(assist=[given.TOWN]))
    assert (answer.status_code, answer.json()["code"]) == (409, "lead-does-not-assist")
    url = await drafted(registry)
    for day, code in ((TODAY + DAY, "day-lies-ahead"), (date(2022, 12, 31), "day-before-the-plan")):
        answer = await client.post(f"{url}/assignments", json={"assigned_on": day.isoformat()})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    await done(client, "POST", f"{url}/assignments", {})
    for quarter, code in (("2099-Q1", "quarter-lies-ahead"), ("2023-Q1", "quarter-before-assignment")):
        answer = await client.put(f"{url}/reports/{quarter}", json=REPORT)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    assert (await client.put(f"{url}/reports/2026-Q5", json=REPORT)).status_code == 422


async def test_a_task_is_edited_on_the_version_that_was_read(registry: Service):
    client, url = registry.client(PLANNER), await assigned(registry)
    etag = (await client.get(url)).headers["etag"]
    await done(registry.client(TOWN), "PUT", f"{url}/{THIS}", REPORT)
    change = {"lead": given.OTHER_TOWN, "due_on": "2027-03-31"}
    found = await done(client, "PATCH", url, change, **{"If-Match": etag})
    assert (found.lead, found.division, found.due_on) == (given.OTHER_TOWN, given.OTHER_TOWN, date(2027, 3, 31))
    assert (await client.patch(url, json=change | {"title": "其他"}, headers={"If-Match": etag})).status_code == 412
    assert (await client.patch(url, json=change)).status_code == 428
    assert (await registry.client(TOWN).get(url)).status_code == 404
    seen = await registry.client(ELSEWHERE).get(url)
    assert len(seen.json()["reports"]) == 1


async def test_the_live_figure_stands_beside_the_threshold(registry: Service):
    await town.small_district(registry)
    share: dict[str, Any] = {"indicator": "public_share", "comparison": "ge", "threshold": "0.6"}
    url = await assigned(registry, **share)
    client = registry.client(TOWN)
    found = PlanTaskEvidence.model_validate_json(
        (await client.get(f"{url}/evidence", params={"as_of": town.AUTUMN.isoformat()})).content
    )
    assert (found.division, found.numerator, found.denominator) == (given.TOWN, 3, 6)
    assert (found.value, found.threshold, found.gap, found.met) == ("50.00", "60.00", "-10.00", False)
    assert PlanTaskOut.model_validate_json((await client.get(url)).content).evidence_path == f"{url}/evidence"
    of_all = await assigned(registry, lead="tax", assist=[given.TOWN], **share)
    assert (await client.get(f"{of_all}/evidence")).status_code == 404
    assert (await registry.client(PLANNER).get(f"{of_all}/evidence")).json()["division"] == given.DISTRICT
    without = await assigned(registry)
    assert (await client.get(f"{without}/evidence")).status_code == 404


async def test_many_are_assigned_together_or_none(registry: Service):
    client = registry.client(PLANNER)
    one, two = [(await drafted(registry)).rpartition("/")[2] for _ in range(2)]
    answer = await client.post("/v1/plan/task-assignments", json={"tasks": [one, two]})
    assert answer.status_code == 201, answer.text
    assert {each.state for each in PlanTasksAssigned.model_validate_json(answer.content).items} == {"assigned"}
    three = (await drafted(registry)).rpartition("/")[2]
    answer = await client.post("/v1/plan/task-assignments", json={"tasks": [three, one]})
    assert answer.json()["code"] == "not-in-this-state"
    assert (await client.get(f"{TASKS}/{three}")).json()["state"] == "draft"


REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "edit": ("PATCH", "", {"measure": "演示"}),
    "assign": ("POST", "/assignments", {}),
    "confirm": ("POST", "/confirmations", NOTE),
    "report": ("PUT", f"/{THIS}", REPORT),
    "submit": ("POST", "/submissions", NOTE),
    "accept": ("POST", "/acceptances", NOTE),
    "return": ("POST", "/returns", NOTE),
    "cancel": ("POST", "/cancellations", NOTE),
}


WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "assigned": (),
    "confirmed": ("confirmations",),
    "submitted": ("confirmations", "submissions"),
    "completed": ("confirmations", "submissions", "acceptances"),
    "cancelled": ("cancellations",),
}


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("who", [PLANNER, LEADER, TOWN, SAFETY], ids=lambda each: each[0])
async def test_what_is_offered_is_accepted(registry: Service, state: str, who: Grant):
    async def fresh() -> tuple[AsyncClient, str]:
        registry.database.clean()
        url = await (drafted(registry) if state == "draft" else assigned(registry))
        for path in WAYS[state]:
            by = LEADER if path == "acceptances" else PLANNER
            await done(registry.client(by), "POST", f"{url}/{path}", NOTE)
        return registry.client(who), url

    client, url = await fresh()
    offers = {each["action"]: each for each in (await client.get(url)).json()["actions"]}
    assert offers.keys() == {*REQUESTS, "carry_over"}
    used = False
    for verb, (method, path, body) in REQUESTS.items():
        if used:
            client, url = await fresh()
        etag = (await client.get(url)).headers["etag"]
        answer = await client.request(method, f"{url}{path}", json=body, headers={"If-Match": etag})
        used = answer.status_code in (200, 201)
        assert used == offers[verb]["allowed"], (verb, offers[verb], answer.text)
        if not offers[verb]["allowed"]:
            assert answer.json()["code"] == offers[verb]["code"], (verb, answer.text)


async def test_tasks_are_exported(registry: Service):
    await assigned(registry)
    answer = await registry.client(TOWN).get(TASKS, headers={"Accept": "text/csv"})
    assert (answer.status_code, CLAUSE in answer.text) == (200, True)

"""建设项目: from the plan's project over the five steps to a registered kindergarten."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from services.registry.construction.schemas import ConstructionMonthly, ConstructionOut, ConstructionOverdue
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, Grant, principal
from tests.stack import Service

PLANNER: Grant = ("planner", given.DISTRICT)
TODAY = given.TODAY.isoformat()
DAY = timedelta(1)


def project(**fields: Any) -> dict[str, Any]:
    return {
        "name": "陈各庄配套幼儿园(演示)",
        "division": given.VILLAGE,
        "kind": "residential",
        "residential_project": "演示住宅项目",
        "developer": "演示建设公司",
        "planned_seats": 360,
        "planned_classes": 12,
        "lead_unit": "区教委",
        "assisting_units": ["区住建委", "区规自分局"],
        "synthetic": True,
    } | fields


async def sent(client: AsyncClient, method: str, url: str, body: dict[str, Any]) -> ConstructionOut:
    answer = await client.request(method, url, json=body)
    assert answer.status_code in (200, 201), answer.text
    return ConstructionOut.model_validate_json(answer.content)


async def begun(registry: Service, **fields: Any) -> tuple[AsyncClient, str]:
    client = registry.client(PLANNER)
    made = await sent(client, "POST", "/v1/construction-projects", project(**fields))
    return client, f"/v1/construction-projects/{made.id}"


OPENING = {
    "name": "陈各庄幼儿园(演示)",
    "division": given.VILLAGE,
    "founder": "怀柔区教育委员会(演示)",
    "founder_code": "831",
    "document": "演示开园〔2026〕1号",
}


@pytest.fixture
async def _plan_as_it_was(registry: Service) -> AsyncIterator[None]:
    """Projects of the plan outlive a test: put back what it records about them."""
    yield
    await registry.database.fetch(
        "UPDATE projects SET status = 'stated', status_on = '2023-12-28', status_note = '' WHERE status <> 'stated'"
    )


@pytest.mark.usefixtures("_plan_as_it_was")
async def test_a_project_of_the_plan_is_built_handed_over_and_opens_as_a_kindergarten(registry: Service):
    client, url = await begun(registry, plan_project="chengezhuang-residential")
    for step in ("plan", "design", "build", "accept", "deliver"):
        for track in ("housing", "kindergarten"):
            found = await sent(
                client, "PUT", f"{url}/milestones/{track}/{step}", {"planned_on": TODAY, "actual_on": TODAY}
            )
    assert (len(found.milestones), found.findings) == (10, [])
    assert found.property_due_on is not None
    registrar = registry.client(REGISTRAR)
    early = await registrar.post(f"{url}/openings", json=OPENING)
    assert (early.status_code, early.json()["code"]) == (409, "not-ready-to-open")
    await sent(client, "POST", f"{url}/property-handovers", {"property_on": TODAY, "document": "演示移交书"})
    await sent(client, "POST", f"{url}/nature-decisions", {"nature": "public", "document": "演示〔2026〕2号"})
    assert (await client.post(f"{url}/openings", json=OPENING)).status_code == 403
    found = await sent(registrar, "POST", f"{url}/openings", OPENING)
    assert found.state == "opened"
    entry = (await registrar.get(f"/v1/kindergartens/{found.kindergarten}")).json()
    assert (entry["type"], entry["status"], entry["licensed_seats"]) == ("public", "preparing", 360)
    plan = (await registrar.get("/v1/projects/chengezhuang-residential")).json()
    assert (plan["status"], plan["status_note"]) == ("opened", OPENING["document"])
    again = await registrar.post(f"{url}/openings", json=OPENING)
    assert again.json()["code"] == "not-in-this-state"


async def test_all_seven_projects_of_the_plan_can_be_followed_once_each(registry: Service):
    client = registry.client(PLANNER)
    named = (await client.get("/v1/projects")).json()["items"]
    assert len(named) == 7
    for each in named:
        body = project(name=each["name"], division=each["division"], plan_project=each["id"])
        await sent(client, "POST", "/v1/construction-projects", body)
    twice = await client.post("/v1/construction-projects", json=project(plan_project=named[0]["id"]))
    assert (twice.status_code, twice.json()["code"]) == (409, "plan-project-linked-once")
    listed = (await client.get("/v1/construction-projects", params={"count": True})).json()
    assert listed["total"] == 7
    assert (
        len((await client.get("/v1/construction-projects", params={"plan_project": named[0]["id"]})).json()["items"])
        == 1
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"division": "110117"}, "division-unknown"),
        ({"plan_project": "nowhere"}, "plan-project-unknown"),
        ({"developer": ""}, "residential-project-needed"),
    ],
)
async def test_a_project_says_where_it_belongs(registry: Service, fields: dict[str, Any], code: str):
    answer = await registry.client(PLANNER).post("/v1/construction-projects", json=project(**fields))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


async def test_entrusting_a_kindergarten_needs_a_reason_and_for_profit_is_no_choice(registry: Service):
    client, url = await begun(registry)
    body = {"nature": "entrusted", "document": "演示"}
    answer = await client.post(f"{url}/nature-decisions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "entrusting-needs-a-reason")
    assert (await client.post(f"{url}/nature-decisions", json=body | {"nature": "private"})).status_code == 422
    found = await sent(client, "POST", f"{url}/nature-decisions", body | {"reason": "公办编制不足"})
    assert (found.nature, found.nature_reason) == ("entrusted", "公办编制不足")


async def test_what_is_late_is_listed_and_escalated(registry: Service):
    client, url = await begun(registry)
    other, _ = await begun(registry, name="按期项目(演示)")
    accepted = (given.TODAY - timedelta(160)).isoformat()
    early = await client.post(f"{url}/property-handovers", json={"property_on": TODAY, "document": "演示"})
    assert (early.status_code, early.json()["code"]) == (409, "not-accepted-yet")
    await sent(client, "PUT", f"{url}/milestones/kindergarten/accept", {"actual_on": accepted})
    await sent(client, "PUT", f"{url}/milestones/housing/deliver", {"actual_on": (given.TODAY - DAY).isoformat()})
    answer = await other.get("/v1/construction-projects/overdue")
    late = ConstructionOverdue.model_validate_json(answer.content)
    (only,) = late.items
    assert (only.level, {each.rule for each in only.findings}) == (2, {"REG-17", "REG-18"})
    await sent(client, "POST", f"{url}/property-handovers", {"property_on": TODAY, "document": "演示移交书"})
    found = ConstructionOut.model_validate_json((await client.get(url)).content)
    assert [(each.rule, each.subject, each.days) for each in found.findings] == [("REG-17", "deliver", 1)]
    await sent(client, "POST", f"{url}/cancellations", {"note": "规划调整"})
    assert (await other.get("/v1/construction-projects/overdue")).json()["items"] == []


async def test_obstacles_and_monthly_reports_are_kept(registry: Service):
    _, url = await begun(registry)
    town = registry.client(TOWN)
    due = (given.TODAY + DAY).isoformat()
    found = await sent(
        town, "POST", f"{url}/obstacles", {"description": "供暖未接入", "unit": "区城管委", "due_on": due}
    )
    (obstacle,) = found.obstacles
    later = (await town.get("/v1/construction-projects/overdue", params={"as_of": "2100-01-01"})).json()
    assert "obstacle_overdue" in {each["kind"] for each in later["items"][0]["findings"]}
    resolving = f"{url}/obstacles/{obstacle.id}/resolutions"
    found = await sent(town, "POST", resolving, {"note": "已接入"})
    assert found.obstacles[0].resolution == "已接入"
    assert (await town.post(resolving, json={"note": "再次"})).status_code == 404
    month = f"{url}/reports/{TODAY[:7]}"
    await sent(town, "PUT", month, {"percent": 40, "summary": "主体施工"})
    found = await sent(town, "PUT", month, {"percent": 45, "summary": "主体封顶", "next_step": "装修"})
    assert [(each.percent, each.summary) for each in found.reports] == [(45, "主体封顶")]
    assert (await town.put(f"{url}/reports/2099-01", json={"percent": 1, "summary": "x"})).status_code == 422
    assert (await town.put(f"{url}/milestones/housing/plan", json={"actual_on": due})).status_code == 422
    assert [each.verb for each in found.steps] == ["raise_obstacle", "resolve_obstacle", "report_month", "report_month"]


async def test_projects_are_seen_and_changed_in_scope(registry: Service):
    _, url = await begun(registry)
    key = await given.kindergarten(registry)
    elsewhere = registry.client(("town_officer", given.OTHER_TOWN))
    assert (await elsewhere.get(url)).status_code == 404
    assert (await elsewhere.get("/v1/construction-projects")).json()["items"] == []
    assert (await registry.client(TOWN).post("/v1/construction-projects", json=project())).status_code == 403
    assert (await registry.client(principal(key)).get("/v1/construction-projects")).status_code == 403


async def test_the_named_projects_of_the_plan_are_entered_once(registry: Service):
    client = registry.client(PLANNER)
    for registered in (7, 0):
        answer = await client.post("/v1/construction-projects/from-plan")
        assert (answer.status_code, answer.json()) == (201, {"registered": registered, "projects": 7})
    kinds = [each["kind"] for each in (await client.get("/v1/construction-projects")).json()["items"]]
    assert (kinds.count("residential"), kinds.count("new"), kinds.count("rebuilding")) == (4, 2, 1)


async def test_what_was_not_known_is_filled_in_and_the_planned_size_is_checked(registry: Service):
    client, url = await begun(registry, residents=12_000, planned_seats=0, planned_classes=0)
    found = ConstructionOut.model_validate_json((await client.get(url)).content)
    assert (found.seats_needed, [(each.kind, each.severity) for each in found.findings]) == (
        360,
        [("undersized", "red")],
    )

    async def edited(**patch: Any) -> list[str]:
        etag = (await client.get(url)).headers["etag"]
        answer = await client.patch(url, json=patch, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.text
        return [each["kind"] for each in answer.json()["findings"]]

    assert await edited(planned_seats=359, planned_classes=12) == ["undersized"]
    assert await edited(planned_seats=360) == []
    assert await edited(planned_seats=361) == ["too_large"]
    assert await edited(planned_seats=360, planned_classes=10) == ["classes_too_few"]
    assert await edited(division=given.OTHER_VILLAGE, planned_classes=12) == []
    assert (await registry.client(TOWN).get(url)).status_code == 404
    assert (await client.patch(url, json={"planned_seats": 1})).status_code == 428
    assert (await client.patch(url, json={"planned_seats": 1}, headers={"If-Match": '"1"'})).status_code == 412
    etag = (await client.get(url)).headers["etag"]
    wrong = await client.patch(url, json={"developer": ""}, headers={"If-Match": etag})
    assert wrong.json()["errors"][0]["code"] == "residential-project-needed"


async def test_a_right_handed_over_late_stays_late_and_never_before_acceptance(registry: Service):
    client, url = await begun(registry)
    accepted = given.TODAY - timedelta(150)
    await sent(client, "PUT", f"{url}/milestones/kindergarten/accept", {"actual_on": accepted.isoformat()})
    body = {"property_on": (accepted - DAY).isoformat(), "document": "演示移交书"}
    early = await client.post(f"{url}/property-handovers", json=body)
    assert early.json()["errors"][0]["code"] == "handover-before-acceptance"
    body |= {"property_on": TODAY, "certificate": "京(2026)怀不动产权第0000001号(演示)", "area": "3200.50"}
    found = await sent(client, "POST", f"{url}/property-handovers", body)
    assert found.property_due_on is not None
    assert found.property_days_late == (given.TODAY - found.property_due_on).days
    assert (found.property_should_transfer, found.property_area) == (True, "3200.50")
    assert [each.rule for each in found.findings] == []
    day = (found.property_due_on + DAY).isoformat()
    then = ConstructionOut.model_validate_json((await client.get(url, params={"as_of": day})).content)
    assert [(each.rule, each.days) for each in then.findings if each.rule] == [("REG-18", 1)]
    day = found.property_due_on.isoformat()
    then = ConstructionOut.model_validate_json((await client.get(url, params={"as_of": day})).content)
    assert [each.rule for each in then.findings if each.rule] == []


@pytest.mark.usefixtures("_plan_as_it_was")
async def test_the_month_is_reported_over_all_projects_and_the_plan_comes_along(registry: Service):
    client, url = await begun(registry, plan_project="chengezhuang-residential")
    await begun(registry, name="另一项目(演示)")
    await sent(client, "PUT", f"{url}/milestones/kindergarten/build", {"actual_on": TODAY, "document": "竣工(演示)"})
    await sent(client, "PUT", f"{url}/milestones/kindergarten/plan", {"actual_on": TODAY})
    plan = (await client.get("/v1/projects/chengezhuang-residential")).json()
    assert (plan["status"], plan["status_note"]) == ("completed", "竣工(演示)")
    await sent(client, "PUT", f"{url}/reports/{TODAY[:7]}", {"percent": 80, "summary": "装修"})
    body = {"description": "供暖未接入", "unit": "区城管委", "due_on": TODAY}
    await sent(client, "POST", f"{url}/obstacles", body)
    answer = await client.get("/v1/construction-projects/monthly-report", params={"month": TODAY[:7]})
    found = ConstructionMonthly.model_validate_json(answer.content)
    assert (found.projects, found.reported, found.as_of) == (2, 1, given.TODAY)
    row = next(each for each in found.items if each.report)
    assert (row.step, row.report and row.report.percent, len(row.open_obstacles)) == ("build", 80, 1)
    assert (
        await client.get("/v1/construction-projects/monthly-report", params={"month": "2099-01"})
    ).status_code == 422
    before = (await client.get("/v1/construction-projects/monthly-report")).json()
    assert before["projects"] == 0


REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "edit": ("PATCH", "", {"planned_seats": 350}),
    "set_milestone": ("PUT", "milestones/housing/plan", {"planned_on": TODAY}),
    "raise_obstacle": ("POST", "obstacles", {"description": "演示", "unit": "演示", "due_on": TODAY}),
    "report_month": ("PUT", f"reports/{TODAY[:7]}", {"percent": 1, "summary": "演示"}),
    "decide_nature": ("POST", "nature-decisions", {"nature": "public", "document": "演示"}),
    "hand_over_property": ("POST", "property-handovers", {"property_on": TODAY, "document": "演示"}),
    "cancel": ("POST", "cancellations", {"note": "演示"}),
    "open": ("POST", "openings", OPENING),
}


@pytest.mark.parametrize("state", ["begun", "accepted", "ready", "cancelled"])
@pytest.mark.parametrize("who", [PLANNER, REGISTRAR, TOWN, ("auditor", given.DISTRICT)], ids=lambda each: each[0])
async def test_what_is_offered_is_accepted(registry: Service, state: str, who: Grant):
    async def fresh() -> tuple[AsyncClient, str]:
        registry.database.clean()
        client, url = await begun(registry)
        if state in ("accepted", "ready"):
            await sent(client, "PUT", f"{url}/milestones/kindergarten/accept", {"actual_on": TODAY})
        if state == "ready":
            await sent(client, "PUT", f"{url}/milestones/kindergarten/deliver", {"actual_on": TODAY})
            await sent(client, "POST", f"{url}/property-handovers", {"property_on": TODAY, "document": "演示"})
            await sent(client, "POST", f"{url}/nature-decisions", {"nature": "public", "document": "演示"})
        if state == "cancelled":
            await sent(client, "POST", f"{url}/cancellations", {"note": "演示"})
        return registry.client(who), url

    client, url = await fresh()
    offers = {each["action"]: each for each in (await client.get(url)).json()["actions"]}
    for verb, (method, path, body) in REQUESTS.items():
        client, url = await fresh()
        headers = {"If-Match": (await client.get(url)).headers["etag"]}
        answer = await client.request(method, f"{url}/{path}".rstrip("/"), json=body, headers=headers)
        assert (answer.status_code in (200, 201)) == offers[verb]["allowed"], (verb, offers[verb], answer.text)
        if not offers[verb]["allowed"]:
            assert answer.json()["code"] == offers[verb]["code"], (verb, answer.text)

"""大班额: the list, and for each class a plan with measures and a deadline, until it keeps to its standard."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import AsyncClient

from services.registry.oversize_plans.schemas import OversizeClassPage, OversizePlanOut, OversizePlanPage
from tests.quality.matrix import disagreements
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

TODAY, DAY = given.TODAY, timedelta(1)
SOON = str(TODAY + 30 * DAY)


def plan(room: UUID, **fields: Any) -> dict[str, Any]:
    return {"class_id": str(room), "measures": "分流至新设班", "responsible": "园长", "due_on": SOON} | fields


async def oversize(registry: Service, children: int = 26, **fields: Any) -> tuple[AsyncClient, UUID, UUID]:
    key = await given.kindergarten(registry, **fields)
    room = await given.class_(registry, key)
    await given.pupils(registry, room, children)
    return registry.client(principal(key)), key, room


async def listed(client: AsyncClient, **query: Any) -> dict[UUID, tuple[int, str, str | None, bool]]:
    answer = await client.get("/v1/oversize-classes", params=query)
    assert answer.status_code == 200, answer.text
    items = OversizeClassPage.model_validate_json(answer.content).items
    return {each.class_id: (each.over, each.severity, each.plan_state, each.overdue) for each in items}


async def done(client: AsyncClient, url: str, body: dict[str, Any]) -> OversizePlanOut:
    answer = await client.post(url, json=body)
    assert answer.status_code == 201, answer.text
    return OversizePlanOut.model_validate_json(answer.content)


async def test_a_class_is_listed_from_one_child_above_its_standard_and_red_above_ten_per_cent(registry: Service):
    client, _, room = await oversize(registry, 25)
    assert await listed(client) == {}
    refused = await client.post("/v1/oversize-plans", json=plan(room))
    assert (refused.status_code, refused.json()["code"]) == (409, "class-not-oversize")
    await given.pupils(registry, room, 1)
    assert await listed(client) == {room: (1, "warn", None, False)}
    await given.pupils(registry, room, 1)
    assert await listed(client, severity="red") == {}
    await given.pupils(registry, room, 1)
    assert await listed(client, severity="red") == {room: (3, "red", None, False)}
    assert await listed(client, planned=True) == {}
    assert await listed(registry.client(("town_officer", given.OTHER_TOWN))) == {}


async def test_a_plan_runs_from_the_kindergarten_over_the_town_to_its_end(registry: Service):
    client, _, room = await oversize(registry)
    town = registry.client(TOWN, sub="town")
    late = await client.post("/v1/oversize-plans", json=plan(room, due_on=str(TODAY)))
    assert late.json()["errors"][0]["code"] == "deadline-not-ahead"
    made = await done(client, "/v1/oversize-plans", plan(room))
    assert (made.state, made.children, made.children_now, made.overdue) == ("planned", 26, 26, False)
    again = await client.post("/v1/oversize-plans", json=plan(room))
    assert again.json()["code"] == "class-has-an-open-plan"
    url = f"/v1/oversize-plans/{made.id}"
    await done(town, f"{url}/returns", {"note": "期限过长"})
    amended = {name: value for name, value in plan(room, due_on=str(TODAY + DAY)).items() if name != "class_id"}
    await done(client, f"{url}/amendments", amended)
    await done(town, f"{url}/approvals", {"note": "同意"})
    await done(client, f"{url}/reports", {"note": "已联系家长"})
    assert await listed(client) == {room: (1, "warn", "approved", False)}
    after = str(TODAY + 2 * DAY)
    assert await listed(client, as_of=after, overdue=True) == {room: (1, "warn", "approved", True)}
    overdue = await client.get("/v1/oversize-plans", params={"overdue": True, "as_of": after})
    assert [each.id for each in OversizePlanPage.model_validate_json(overdue.content).items] == [made.id]
    found = await done(town, f"{url}/extensions", {"note": "新班九月开设", "due_on": SOON})
    assert str(found.due_on) == SOON
    still = await town.post(f"{url}/closings", json={"note": "销号"})
    assert (still.status_code, still.json()["code"]) == (409, "class-still-oversize")
    await registry.database.fetch(
        "UPDATE enrolments SET until = %s, reason_out = 'left'"
        " WHERE id = (SELECT id FROM enrolments WHERE class_id = %s LIMIT 1)",
        TODAY,
        room,
    )
    found = await done(town, f"{url}/closings", {"note": "已分流"})
    assert (found.state, found.children_now, found.ended_on) == ("closed", 25, TODAY)
    assert await listed(client) == {}
    assert await listed(client, as_of=str(TODAY - DAY)) == {room: (1, "warn", None, False)}
    verbs = [each.verb for each in found.steps]
    assert verbs == ["send_back", "amend", "approve", "report", "extend", "close"]
    elsewhere = registry.client(("town_officer", given.OTHER_TOWN))
    assert (await elsewhere.get(url)).status_code == 404
    assert (await elsewhere.get("/v1/oversize-plans")).json()["items"] == []


async def test_what_is_offered_is_accepted_for_every_state_and_role(registry: Service):
    client, key, room = await oversize(registry)
    made = await done(client, "/v1/oversize-plans", plan(room))
    note = {"note": "演示"}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "amend": ("amendments", {"measures": "分流", "responsible": "园长", "due_on": SOON}),
        "withdraw": ("withdrawals", note),
        "send_back": ("returns", note),
        "approve": ("approvals", note),
        "report": ("reports", note),
        "extend": ("extensions", note | {"due_on": SOON}),
        "close": ("closings", note),
    }
    states: dict[str, dict[str, Any]] = {
        "planned": {},
        "returned": {},
        "approved": {},
        "closed": {"ended_on": str(TODAY)},
        "withdrawn": {"ended_on": str(TODAY)},
    }
    grants = [
        principal(key),
        ("clerk", f"k:{key}"),
        ("teacher", f"k:{key}"),
        REGISTRAR,
        TOWN,
        ("police", given.DISTRICT),
    ]
    told = await disagreements(registry, "oversize_plans", "/v1/oversize-plans", str(made.id), states, bodies, grants)
    assert told == []
    await registry.database.fetch("UPDATE classes SET standard_size = 30")
    await registry.database.fetch("UPDATE oversize_plans SET state = 'approved', ended_on = NULL, made_by = 'town'")
    own = await registry.client(TOWN, sub="town").post(f"/v1/oversize-plans/{made.id}/closings", json=note)
    assert (own.status_code, own.json()["code"]) == (403, "another-person-needed")
    await done(registry.client(TOWN, sub="other"), f"/v1/oversize-plans/{made.id}/closings", note)

"""学位计划: planned by one, approved by another, read beside what there is."""

from typing import Any

import pytest
from httpx import AsyncClient

from services.registry.seat_plans.schemas import SeatPlanOut, SeatPlanReport
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import TOWN, Grant
from tests.stack import Service

PLANNER: Grant = ("planner", given.DISTRICT)
LEADER: Grant = ("leader", given.DISTRICT)
URL = f"/v1/seat-plans/2026/{town.PLAIN}"
SEATS = {"seats": 90, "inclusive_seats": 80, "note": "演示"}
APPROVAL = {"document": "区政府常务会议纪要(演示)"}


async def put(client: AsyncClient, code: int, **changed: Any) -> SeatPlanOut:
    answer = await client.put(URL, json=SEATS | changed)
    assert answer.status_code == code, answer.text
    return SeatPlanOut.model_validate_json(answer.content)


async def test_a_plan_is_approved_by_another_and_changed_it_is_approved_anew(registry: Service):
    client, leader = registry.client(PLANNER), registry.client(LEADER)
    await put(client, 201)
    assert (await put(client, 200)).version == 1
    same = await client.post(f"{URL}/approvals", json=APPROVAL)
    assert (same.status_code, same.json()["code"]) == (403, "another-person-needed")
    found = SeatPlanOut.model_validate_json((await leader.post(f"{URL}/approvals", json=APPROVAL)).content)
    assert (found.state, found.approved_on, found.document) == ("approved", given.TODAY, APPROVAL["document"])
    assert (await leader.post(f"{URL}/approvals", json=APPROVAL)).json()["code"] == "not-in-this-state"
    found = await put(client, 200, seats=100)
    assert (found.state, found.approved_on, [each.verb for each in found.steps]) == (
        "entered",
        None,
        ["enter", "approve", "enter"],
    )
    over = await client.put(URL, json=SEATS | {"inclusive_seats": 91})
    assert (over.status_code, over.json()["code"]) == (409, "inclusive-within-seats")


async def test_what_is_planned_stands_beside_what_there_is(registry: Service):
    await town.small_district(registry)
    await put(registry.client(PLANNER), 201)
    query: dict[str, Any] = {"school_year": 2026, "as_of": town.AUTUMN.isoformat()}
    found = SeatPlanReport.model_validate_json(
        (await registry.client(PLANNER).get("/v1/seat-plans", params=query)).content
    )
    rows = {each.division: each for each in found.items}
    own, other = rows[town.PLAIN], rows[town.MOUNTAIN]
    assert (own.planned, own.seats, own.inclusive_seats, own.used, own.vacant) == (90, 60, 60, 6, 54)
    assert (own.planned_less_seats, own.planned_less_people, own.state) == (30, 84, "entered")
    assert (other.planned, other.planned_less_seats) == (None, None)
    seen = (await registry.client(TOWN).get("/v1/seat-plans", params=query)).json()
    assert [each["division"] for each in seen["items"]] == [town.PLAIN]


@pytest.mark.parametrize("state", ["entered", "approved"])
@pytest.mark.parametrize("who", [PLANNER, LEADER, TOWN], ids=lambda each: each[0])
async def test_what_is_offered_is_accepted(registry: Service, state: str, who: Grant):
    await put(registry.client(PLANNER), 201)
    if state == "approved":
        await registry.client(LEADER).post(f"{URL}/approvals", json=APPROVAL)
    client = registry.client(who)
    offers = {each["action"]: each["allowed"] for each in (await client.get(URL)).json()["actions"]}
    approved = (await client.post(f"{URL}/approvals", json=APPROVAL)).status_code == 201
    entered = (await client.put(URL, json=SEATS | {"seats": 95})).status_code == 200
    assert offers == {"enter": entered, "approve": approved}


async def test_only_towns_in_scope_are_planned_for(registry: Service):
    client = registry.client(("planner", given.OTHER_TOWN))
    assert (await client.put(URL, json=SEATS)).status_code == 404
    assert (await registry.client(PLANNER).put("/v1/seat-plans/2026/110116999", json=SEATS)).status_code == 404
    assert (await registry.client(PLANNER).get(URL)).status_code == 404
    assert (await registry.client(TOWN).put(URL, json=SEATS)).status_code == 403

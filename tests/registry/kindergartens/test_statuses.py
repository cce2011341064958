"""状态: from 拟设 to 终止."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.rules import NEXT_STATUS
from services.registry.statuses.schemas import StatusHistory
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR
from tests.stack import Service

AHEAD = given.TODAY + timedelta(days=40)


def change(status: str, since: date = given.TODAY) -> dict[str, Any]:
    return {"status": status, "since": since.isoformat(), "reason": "演示"}


@pytest.mark.parametrize("present", list(Status))
@pytest.mark.parametrize("new", list(Status))
async def test_a_status_follows_only_from_those_before_it(registry: Service, present: Status, new: Status):
    key = await given.kindergarten(registry, status=present.value)
    answer = await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/statuses", json=change(new.value))
    if new in NEXT_STATUS[present]:
        assert answer.status_code == 201, answer.text
        items = StatusHistory.model_validate_json(answer.content).items
        assert [(each.status, each.since, each.until) for each in items] == [
            (new, given.TODAY, None),
            (present, given.OPENED, given.TODAY),
        ]
    else:
        expected = "status-unchanged" if new is present else "status-not-reachable"
        assert (answer.status_code, answer.json()["code"]) == (409, expected)


async def test_a_kindergarten_closes_once_its_children_are_settled(registry: Service):
    key = await given.kindergarten(registry)
    room = await given.class_(registry, key)
    await given.enrolment(registry, await given.child(registry), room, until=given.TODAY + timedelta(days=10))
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/statuses"
    answer = await client.post(url, json=change("closed"))
    assert (answer.status_code, answer.json()["code"]) == (409, "kindergarten-has-children")
    after = await client.post(url, json=change("closed", given.TODAY + timedelta(days=10)))
    assert after.status_code == 201
    entry = (await client.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["status"], entry["closed_on"]) == ("operating", (given.TODAY + timedelta(days=10)).isoformat())


async def test_a_kindergarten_without_a_type_does_not_operate(registry: Service):
    key = await given.kindergarten(registry, type=None, status="preparing")
    answer = await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/statuses", json=change("operating"))
    assert answer.json()["code"] == "operating-needs-a-type"


async def test_the_first_day_of_operation_is_the_opening_day(registry: Service):
    key = await given.kindergarten(registry, status="preparing", opened_on=None)
    client = registry.client(REGISTRAR)
    await client.post(f"/v1/kindergartens/{key}/statuses", json=change("operating", AHEAD))
    assert (await client.get(f"/v1/kindergartens/{key}")).json()["opened_on"] == AHEAD.isoformat()


async def test_a_planned_closure_is_taken_back(registry: Service):
    key = await given.kindergarten(registry)
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/statuses"
    planned = (await client.post(url, json=change("closed", AHEAD))).json()["items"][0]
    back = {"status": "operating", "reason": "不再终止"}
    answer = await client.patch(f"{url}/{planned['id']}", json=back, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    entry = (await client.get(f"/v1/kindergartens/{key}", params={"as_of": AHEAD.isoformat()})).json()
    assert (entry["status"], entry["closed_on"]) == ("operating", None)


async def test_a_correction_keeps_the_order_of_life(registry: Service):
    key = await given.kindergarten(registry, status="preparing")
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/statuses"
    items = (await client.post(url, json=change("operating"))).json()["items"]
    answer = await client.patch(f"{url}/{items[0]['id']}", json={"status": "suspended"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "status-not-reachable")
    assert (await client.get(url)).json()["items"] == items


async def test_of_many_who_change_the_status_at_once_one_does(registry: Service):
    key = await given.kindergarten(registry)
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/statuses"
    answers = await asyncio.gather(*(client.post(url, json=change("suspended")) for _ in range(12)))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 11
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"status-unchanged"}

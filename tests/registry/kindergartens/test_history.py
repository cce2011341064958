"""Who changed what, when: the former states of a kindergarten."""

from datetime import date
from itertools import pairwise
from uuid import UUID

from services.registry.history.schemas import HistoryEntry, HistoryPage
from tests.registry import given
from tests.registry.kindergartens.callers import MACHINE, REGISTRAR, TOWN, Grant, principal
from tests.stack import Service


async def history(registry: Service, key: UUID, caller: Grant = REGISTRAR, **params: str) -> list[HistoryEntry]:
    answer = await registry.client(caller).get(f"/v1/kindergartens/{key}/history", params=params)
    assert answer.status_code == 200, answer.text
    return HistoryPage.model_validate_json(answer.content).items


async def a_busy_one(registry: Service) -> UUID:
    client = registry.client(REGISTRAR, sub="李四")
    first = {"status": "operating", "type": "private", "since": "2020-09-01"}
    made = (await client.post("/v1/kindergartens", json=given.new_kindergarten(founder_code="999", first=first))).json()
    url = f"/v1/kindergartens/{made['id']}"
    await client.patch(url, json={"phone": "010-1", "short_name": "一园"}, headers={"If-Match": '"1"'})
    other = registry.client(REGISTRAR, sub="王五")
    await other.patch(url, json={"phone": "010-2"}, headers={"If-Match": '"2"'})
    change = {"type": "inclusive_private", "since": "2025-09-01", "document": "演示〔2025〕1号"}
    await other.post(f"{url}/types", json=change)
    return UUID(made["id"])


async def test_each_change_tells_its_fields_before_and_after(registry: Service):
    key = await a_busy_one(registry)
    entries = await history(registry, key, sort="at")
    told = [
        (each.actor, each.concern, each.event, [(d.field, d.before, d.after) for d in each.differences])
        for each in entries
    ]
    assert told == [
        ("李四", "kindergarten", "registry.kindergarten.registered", []),
        ("李四", "status", "registry.kindergarten.status_recorded", []),
        ("李四", "type", "registry.kindergarten.type_recorded", []),
        ("李四", "kindergarten", None, [("phone", "", "010-1"), ("short_name", "", "一园")]),
        ("王五", "kindergarten", None, [("phone", "010-1", "010-2")]),
        ("王五", "type", None, [("until", None, "2025-09-01")]),
        ("王五", "type", "registry.kindergarten.type_recorded", []),
    ]
    assert entries[0].record == str(key)
    assert all(before.at <= after.at for before, after in pairwise(entries))


async def test_the_history_is_filtered_paged_and_newest_first(registry: Service):
    key = await a_busy_one(registry)
    assert [each.actor for each in await history(registry, key, concern="type")] == ["王五", "王五", "李四"]
    assert len(await history(registry, key, actor="李四")) == 4
    client = registry.client(REGISTRAR)
    url = f"/v1/kindergartens/{key}/history"
    page = (await client.get(url, params={"limit": 2})).json()
    rest = (await client.get(url, params={"limit": 10, "after": page["next"]})).json()
    seen = [each["id"] for each in page["items"] + rest["items"]]
    assert len(seen) == len(set(seen)) == 7
    assert rest["items"][-1]["event"] == "registry.kindergarten.registered"


async def test_its_own_principal_sees_the_history_and_others_do_not(registry: Service):
    key = await a_busy_one(registry)
    assert await history(registry, key, principal(key)) == await history(registry, key)
    assert await history(registry, key, TOWN) == await history(registry, key)
    elsewhere = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    assert (await registry.client(TOWN).get(f"/v1/kindergartens/{elsewhere}/history")).status_code == 404
    assert (await registry.client(MACHINE).get(f"/v1/kindergartens/{key}/history")).status_code == 403


async def test_a_correction_of_a_site_is_in_the_history(registry: Service):
    key = await given.kindergarten(registry)
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/campuses"
    made = (await client.post(url, json={"name": "二部", "address": "甲", "since": "2024-09-01"})).json()
    await client.patch(f"{url}/{made['id']}", json={"until": "2026-01-01"}, headers={"If-Match": '"1"'})
    entries = await history(registry, key, concern="campus", sort="at")
    assert [each.event for each in entries] == [
        "registry.kindergarten.campus_added",
        None,
        "registry.kindergarten.campus_changed",
    ]
    assert [(d.field, d.before, d.after) for d in entries[1].differences] == [
        ("until", None, date(2026, 1, 1).isoformat())
    ]

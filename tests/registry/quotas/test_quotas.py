"""编制 and 人员额度: approved by document, used by posts, free over time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.quotas.schemas import StaffQuotaCourse, StaffQuotaOut, StaffQuotaPage
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)


def approval(kindergarten: UUID, approved: int, since: date, kind: str = "established") -> dict[str, Any]:
    return {
        "kindergarten": str(kindergarten),
        "kind": kind,
        "approved": approved,
        "document": f"怀编办〔演示〕{approved}号",
        "since": str(since),
    }


async def course(registry: Service, kindergarten: UUID, kind: str = "established") -> list[tuple[date, int, int, int]]:
    answer = await registry.client(("leader", given.DISTRICT)).get(
        f"/v1/kindergartens/{kindergarten}/staff-quotas", params={"kind": kind}
    )
    found = StaffQuotaCourse.model_validate_json(answer.content)
    assert [each.until for each in found.items[:-1]] == [each.since for each in found.items[1:]]
    return [(each.since, each.approved, each.used, each.free) for each in found.items]


async def test_a_number_takes_over_on_its_day_and_what_was_planned_later_stays(registry: Service):
    place, client = await given.kindergarten(registry), registry.client(REGISTRAR)
    for approved, since in ((20, date(2023, 1, 1)), (30, date(2025, 1, 1)), (25, date(2024, 1, 1))):
        answer = await client.post("/v1/staff-quotas", json=approval(place, approved, since))
        assert answer.status_code == 201, answer.text
    assert [step[:2] for step in await course(registry, place)] == [
        (date(2023, 1, 1), 20),
        (date(2024, 1, 1), 25),
        (date(2025, 1, 1), 30),
    ]
    again = await client.post("/v1/staff-quotas", json=approval(place, 26, date(2024, 1, 1)))
    made = StaffQuotaOut.model_validate_json(again.content)
    assert (made.approved, made.until, made.version) == (26, date(2025, 1, 1), 2)
    assert [step[1] for step in await course(registry, place)] == [20, 26, 30]
    assert len(await registry.database.fetch("SELECT 1 FROM events WHERE type = 'registry.staff_quota.approved'")) == 4


async def test_used_and_free_follow_the_posts_day_by_day(registry: Service):
    place, client = await given.kindergarten(registry), registry.client(REGISTRAR)
    await client.post("/v1/staff-quotas", json=approval(place, 2, date(2024, 1, 1)))
    await client.post("/v1/staff-quotas", json=approval(place, 5, date(2024, 1, 1), "quota"))
    first, second, third = [await people.person(registry) for _ in range(3)]
    fixed = {"employment": "established"}
    await people.post(registry, first, place, since=date(2023, 9, 1), until=date(2025, 9, 1), **fixed)
    await people.post(registry, second, place, since=date(2024, 3, 1), **fixed)
    await people.post(registry, second, place, since=date(2024, 4, 1), full_time=False, role="health", **fixed)
    await people.post(registry, third, place, since=date(2024, 6, 1), **fixed)
    assert await course(registry, place) == [
        (date(2024, 1, 1), 2, 1, 1),
        (date(2024, 3, 1), 2, 2, 0),
        (date(2024, 4, 1), 2, 2, 0),
        (date(2024, 6, 1), 2, 3, -1),
        (date(2025, 9, 1), 2, 2, 0),
    ]
    assert await course(registry, place, "quota") == [(date(2024, 1, 1), 5, 0, 5)]
    for day, exceeded in ((date(2024, 6, 1), 1), (date(2025, 9, 1), 0), (date(2023, 12, 31), 0)):
        page = await client.get("/v1/staff-quotas", params={"as_of": str(day), "exceeded": True})
        assert len(StaffQuotaPage.model_validate_json(page.content).items) == exceeded, day


async def test_only_the_district_approves_and_each_reads_its_own(registry: Service):
    place, other = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    for each in (place, other):
        body = approval(each, 9, given.TODAY - timedelta(9))
        assert (await registry.client(REGISTRAR).post("/v1/staff-quotas", json=body)).status_code == 201
    principal = registry.client(("principal", f"k:{place}"))
    assert (await principal.post("/v1/staff-quotas", json=approval(place, 99, given.TODAY))).status_code == 403
    page = StaffQuotaPage.model_validate_json((await principal.get("/v1/staff-quotas")).content)
    assert [(each.kindergarten, each.free) for each in page.items] == [(place, 9)]
    address = f"/v1/kindergartens/{other}/staff-quotas"
    assert (await principal.get(address, params={"kind": "quota"})).status_code == 404
    town = registry.client(("registrar", given.OTHER_TOWN))
    assert (await town.post("/v1/staff-quotas", json=approval(place, 1, given.TODAY))).status_code == 404
    queries: list[tuple[dict[str, Any], int]] = [
        ({"kind": "established"}, 2),
        ({"kind": "quota"}, 0),
        ({"division": given.TOWN}, 1),
        ({"kindergarten": str(other)}, 1),
    ]
    for params, count in queries:
        answer = (await registry.client(REGISTRAR).get("/v1/staff-quotas", params=params)).json()
        assert len(answer["items"]) == count, params

"""园舍: buildings, appraisals, rooms, grounds and toilets, and what they come to for each child."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from services.registry.premises.schemas import (
    BuildingOut,
    BuildingPage,
    PremisesCondition,
    PremisesConditionPage,
    PremisesOut,
    PremisesReport,
)
from shared.ids import new_id
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

TODAY, DAY = given.TODAY, timedelta(1)


def building(key: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "name": "教学楼",
        "area": "104.40",
        "built_year": 2019,
        "structure": "frame",
        "storeys": 2,
        "since": "2020-09-01",
    } | fields


def appraisal(kind: str = "seismic", **fields: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "appraised_on": "2021-03-01",
        "valid_until": None,
        "passed": True,
        "agency": "演示鉴定中心",
        "document": "演示鉴字001",
    } | fields


async def built(client: AsyncClient, key: UUID, **fields: Any) -> BuildingOut:
    answer = await client.post("/v1/buildings", json=building(key, **fields))
    assert answer.status_code == 201, answer.text
    return BuildingOut.model_validate_json(answer.content)


async def appraised(client: AsyncClient, made: BuildingOut, kind: str, **fields: Any) -> BuildingOut:
    answer = await client.post(f"/v1/buildings/{made.id}/appraisals", json=appraisal(kind, **fields))
    assert answer.status_code == 201, answer.text
    return BuildingOut.model_validate_json(answer.content)


async def measured(registry: Service, children: int = 10, **fields: Any) -> tuple[AsyncClient, UUID, UUID]:
    """A kindergarten with exactly what C1 asks for ten children."""
    key = await given.kindergarten(registry, **fields)
    client = registry.client(principal(key))
    room = await given.class_(registry, key)
    await given.pupils(registry, room, children)
    made = await built(client, key)
    rooms = {"name": "小一班活动室", "kind": "activity_bedroom", "area": "81.70", "class_id": str(room)}
    answer = await client.post(f"/v1/buildings/{made.id}/rooms", json=rooms | {"since": "2020-09-01"})
    assert answer.status_code == 201, answer.text
    grounds = {"since": "2020-09-01", "planned_on": "2018-01-01", "site_area": "500.00", "outdoor_area": "40.00"}
    answer = await client.put(f"/v1/kindergartens/{key}/premises", json=grounds)
    assert answer.status_code == 200, answer.text
    return client, key, room


async def condition(client: AsyncClient, **query: Any) -> list[PremisesCondition]:
    answer = await client.get("/v1/premises-conditions", params=query)
    assert answer.status_code == 200, answer.text
    return PremisesConditionPage.model_validate_json(answer.content).items


async def test_area_for_each_child_is_met_exactly_at_the_standard_and_not_with_one_child_more(registry: Service):
    client, key, room = await measured(registry)
    (found,) = await condition(client)
    assert (found.children, found.group, found.met) == (10, "from_2017", True)
    assert [str(each) for each in (found.outdoor_per_child, found.activity_per_child, found.building_per_child)] == [
        "4.00",
        "8.17",
        "10.44",
    ]
    nursery = await given.class_(registry, key, kind="nursery")
    await given.pupils(registry, nursery, 5, birth=date(given.SCHOOL_YEAR - 2, 1, 1))
    (found,) = await condition(client)
    assert (found.children, found.nursery_children, found.met) == (10, 5, True)
    await given.pupils(registry, room, 1)
    (found,) = await condition(client)
    assert (found.outdoor_met, found.activity_met, found.building_met, found.met) == (False, False, False, False)
    assert [each.kindergarten for each in await condition(client, met=False)] == [key]
    assert await condition(client, met=True) == []
    (before,) = await condition(client, as_of=str(date(given.SCHOOL_YEAR, 9, 1) - DAY))
    assert (before.children, before.outdoor_per_child, before.met) == (0, None, None)


async def test_rooms_of_nursery_classes_count_for_no_child_of_3_to_6(registry: Service):
    client, key, _ = await measured(registry)
    (room,) = (await client.get("/v1/rooms", params={"kindergarten": str(key)})).json()["items"]
    answer = await client.patch(f"/v1/rooms/{room['id']}", json={"for_nursery": True}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["for_nursery"]) == (200, True)
    (found,) = await condition(client)
    assert (found.activity_area, found.activity_met, found.met) == (None, None, None)
    assert [each.kindergarten for each in await condition(client, known=False)] == [key]
    stale = await client.patch(f"/v1/rooms/{room['id']}", json={"name": "x"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    other = await given.class_(registry, await given.kindergarten(registry))
    wrong = await client.patch(f"/v1/rooms/{room['id']}", json={"class_id": str(other)}, headers={"If-Match": '"2"'})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "class-unknown")


async def test_appraisals_expire_after_their_last_day_and_the_latest_counts(registry: Service):
    client, *_ = await measured(registry)
    ((made,),) = await registry.database.fetch("SELECT id FROM buildings")
    path = f"/v1/buildings/{made}"
    found = BuildingOut.model_validate_json((await client.get(path)).content)
    assert (found.seismic, found.fire) == ("missing", "missing")
    found = await appraised(client, found, "fire")
    found = await appraised(client, found, "seismic", valid_until=str(TODAY))
    assert (found.seismic, found.fire) == ("expiring", "valid")

    async def listed(**query: Any) -> list[UUID]:
        answer = await client.get("/v1/buildings", params=query)
        assert answer.status_code == 200, answer.text
        return [each.id for each in BuildingPage.model_validate_json(answer.content).items]

    assert await listed(seismic="expired", as_of=str(TODAY + DAY)) == [made]
    assert await listed(seismic="expired") == []
    assert await listed(seismic="valid", as_of=str(TODAY - 100 * DAY)) == [made]
    assert await listed(seismic="missing", as_of="2021-02-28") == [made]
    assert (await condition(client))[0].appraisals_lacking == 0
    assert (await condition(client, as_of=str(TODAY + DAY)))[0].appraisals_lacking == 1
    found = await appraised(client, found, "seismic", appraised_on=str(TODAY), passed=False)
    assert (found.seismic, len(found.appraisals)) == ("failed", 3)
    for wrong in ({"appraised_on": str(TODAY + DAY)}, {"valid_until": "2021-02-28"}):
        answer = await client.post(f"{path}/appraisals", json=appraisal(**wrong))
        assert answer.status_code == 422


async def test_a_building_is_changed_by_version_and_ends(registry: Service):
    client, key, _ = await measured(registry)
    campus = await registry.client(REGISTRAR).post(
        f"/v1/kindergartens/{key}/campuses", json={"name": "东校区", "address": "演示路1号"}
    )
    made = await built(client, key, name="东楼", campus=campus.json()["id"])
    path = f"/v1/buildings/{made.id}"
    assert (await client.patch(path, json={"area": "300.00"})).status_code == 428
    answer = await client.patch(path, json={"area": "300.00", "campus": None}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["area"], answer.json()["campus"]) == (200, "300.00", None)
    early = await client.patch(path, json={"until": "2020-09-01"}, headers={"If-Match": '"2"'})
    assert (early.status_code, early.json()["code"]) == (409, "building-ends-before-it-begins")
    answer = await client.patch(path, json={"until": str(TODAY)}, headers={"If-Match": '"2"'})
    assert answer.json()["until"] == str(TODAY)
    listed = (await client.get("/v1/buildings")).json()["items"]
    assert [each["name"] for each in listed] == ["教学楼"]
    wrong = await client.post("/v1/buildings", json=building(key, campus=str(new_id())))
    assert wrong.json()["errors"][0]["code"] == "campus-unknown"
    assert (await client.post("/v1/buildings", json=building(key, area="0"))).status_code == 422
    told = await registry.database.fetch(
        "SELECT data->>'what' FROM events WHERE type = 'registry.premises.changed' ORDER BY seq"
    )
    assert [what for (what,) in told] == ["building", "room", "grounds", "building", "building", "building"]


async def test_the_whole_premises_of_a_kindergarten_on_a_day(registry: Service):
    client, key, room = await measured(registry)
    toilets = {"arrangement": "time_shared", "seen_on": str(TODAY), "note": "上午9:30分批"}
    answer = await client.put(f"/v1/classes/{room}/toilets", json=toilets)
    assert (answer.status_code, answer.json()["arrangement"]) == (200, "time_shared")
    await client.put(f"/v1/classes/{room}/toilets", json=toilets | {"arrangement": "separate"})
    assert (
        await client.put(f"/v1/classes/{room}/toilets", json=toilets | {"seen_on": str(TODAY + DAY)})
    ).status_code == 422
    later = {"since": str(TODAY), "planned_on": "2016-12-31", "outdoor_area": "39.99"}
    await client.put(f"/v1/kindergartens/{key}/premises", json=later)
    found = PremisesOut.model_validate_json((await client.get(f"/v1/kindergartens/{key}/premises")).content)
    assert (str(found.outdoor_area), len(found.buildings), len(found.rooms)) == ("39.99", 1, 1)
    assert [each.arrangement for each in found.toilets] == ["separate"]
    assert found.condition is not None
    assert (found.condition.group, found.condition.outdoor_met) == ("before_2017", False)
    day = {"as_of": str(TODAY - DAY)}
    before = PremisesOut.model_validate_json(
        (await client.get(f"/v1/kindergartens/{key}/premises", params=day)).content
    )
    assert (str(before.outdoor_area), before.since) == ("40.00", date(2020, 9, 1))
    early = await client.get(f"/v1/kindergartens/{key}/premises", params={"as_of": "2019-01-01"})
    assert (early.status_code, early.json()["condition"], early.json()["buildings"]) == (200, None, [])
    listed = (await client.get("/v1/class-toilets", params={"known": True})).json()["items"]
    assert [each["class_id"] for each in listed] == [str(room)]
    elsewhere = registry.client(("town_officer", given.OTHER_TOWN))
    assert (await elsewhere.get(f"/v1/kindergartens/{key}/premises")).status_code == 404
    for path in ("buildings", "rooms", "class-toilets", "premises-conditions"):
        assert (await elsewhere.get(f"/v1/{path}")).json()["items"] == []
    teacher = registry.client(("teacher", f"k:{key}"))
    assert (await teacher.post("/v1/buildings", json=building(key))).status_code == 403


async def test_the_district_report_says_how_far_c1_and_c2_are(registry: Service):
    await measured(registry)
    _, older, room = await measured(registry, 26, division=given.OTHER_VILLAGE)
    bare = await given.kindergarten(registry)
    await registry.database.fetch("UPDATE premises SET planned_on = '2016-12-31' WHERE kindergarten = %s", older)
    client = registry.client(REGISTRAR)
    assert {each.kindergarten: each.children for each in await condition(client)}[bare] == 0
    await client.put(f"/v1/classes/{room}/toilets", json={"arrangement": "none", "seen_on": str(TODAY)})

    async def report(who: AsyncClient, **query: Any) -> PremisesReport:
        answer = await who.get("/v1/premises-report", params=query)
        assert answer.status_code == 200, answer.text
        return PremisesReport.model_validate_json(answer.content)

    found = await report(client)
    assert (found.kindergartens, found.children, found.classes, found.classes_within) == (3, 36, 2, 1)
    assert (str(found.class_rate), found.c2_reached, found.c1_reached) == ("50.00", False, False)
    rates = {
        (each.group.value, each.measure.value): (each.met, each.unmet, each.unknown, each.reached)
        for each in found.rates
    }
    assert rates["from_2017", "outdoor"] == (1, 0, 1, False)
    assert rates["before_2017", "building"] == (0, 1, 0, False)
    assert [(each.kind, each.classes, each.none, each.unknown) for each in found.toilets] == [("small", 2, 1, 1)]
    await registry.database.fetch("UPDATE kindergarten_statuses SET status = 'suspended' WHERE kindergarten = %s", bare)
    mine = await report(registry.client(TOWN))
    assert (mine.kindergartens, mine.c1_reached, mine.c2_reached) == (1, True, True)
    assert (await report(client, division=given.OTHER_TOWN)).c1_reached is False
    assert (await client.get("/v1/premises-report", params={"as_of": "2015-01-01"})).status_code == 422


@pytest.mark.parametrize("path", ["buildings", "rooms", "premises-conditions"])
async def test_lists_are_exported(registry: Service, path: str):
    client, _, _ = await measured(registry)
    answer = await client.get(f"/v1/{path}", headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    assert len(answer.text.strip().splitlines()) >= 2

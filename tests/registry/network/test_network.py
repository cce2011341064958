"""三级网络, through HTTP: the map, seats by zone and type, towns with a gap, distances, 怀柔科学城."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from services.registry.network.schemas import DistanceReport, NetworkMap, SeatReport, TagReport, TownReport
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

PLANNER = ("planner", given.DISTRICT)
AUTUMN = {"as_of": town.AUTUMN.isoformat()}


async def coverage(client: AsyncClient, **query: Any) -> NetworkMap:
    answer = await client.get("/v1/network/coverage", params=AUTUMN | query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json"), answer.text
    return NetworkMap.model_validate_json(answer.content)


async def test_the_map_says_where_things_are_and_where_no_place_is_known(registry: Service):
    key = await given.kindergarten(registry, name="有坐标(演示)", latitude=40.33, longitude=116.7, village_level=True)
    await given.kindergarten(registry, name="无坐标(演示)", type="private")
    registrar = registry.client(REGISTRAR)
    campus: dict[str, Any] = {
        "name": "东园(演示)",
        "address": "演示路1号",
        "latitude": 40.34,
        "longitude": 116.71,
        "since": "2025-09-01",
    }
    assert (await registrar.post(f"/v1/kindergartens/{key}/campuses", json=campus)).status_code == 201
    found = await coverage(registry.client(PLANNER))
    layers = [each.properties.layer.value for each in found.features]
    assert [layers.count(name) for name in ("district", "town", "kindergarten", "campus")] == [1, 17, 2, 1]
    outline = found.features[0]
    assert outline.geometry is not None
    assert (outline.geometry.type, outline.properties.id) == ("MultiPolygon", "110116")
    towns = {each.properties.id: each for each in found.features if each.properties.layer == "town"}
    placed = {code for code, each in towns.items() if each.geometry}
    assert len(placed) == 14
    assert all("未取得边界" in each.properties.geometry_basis for each in towns.values())
    kindergartens = {each.properties.name: each for each in found.features if each.properties.layer == "kindergarten"}
    known, unknown = kindergartens["有坐标(演示)"], kindergartens["无坐标(演示)"]
    assert known.geometry is not None
    assert known.geometry.coordinates == [116.7, 40.33]
    assert (known.properties.type, known.properties.zone, known.properties.village_level) == ("public", "plain", True)
    assert (unknown.geometry, unknown.properties.geometry_basis) == (None, "位置未登记")
    (site,) = [each for each in found.features if each.properties.layer == "campus"]
    assert site.properties.kindergarten == key
    assert (await coverage(registry.client(PLANNER), as_of="2025-08-31")).features[-1].properties.layer != "campus"


async def test_the_public_sees_the_map_without_a_token_and_without_who_is_there(registry: Service):
    key = await given.kindergarten(registry)
    room = await given.class_(registry, key)
    await given.pupils(registry, room, 3)
    answer = await registry.client().get("/v1/public/network")
    found = NetworkMap.model_validate_json(answer.content)
    (own,) = [each.properties for each in found.features if each.properties.layer == "kindergarten"]
    assert (own.seats, own.vacant, own.children) == (25, 22, None)
    assert "演示幼儿" not in answer.text


async def seats(
    client: AsyncClient, **query: Any
) -> dict[tuple[str | None, str | None, bool], tuple[int, int, int, int]]:
    answer = await client.get("/v1/network/seats", params=AUTUMN | query)
    found = SeatReport.model_validate_json(answer.content)
    return {
        (each.zone, each.type, each.total): (each.kindergartens, each.seats, each.children, each.vacant)
        for each in found.items
    }


async def test_seats_are_counted_by_zone_and_type(registry: Service):
    await town.small_district(registry)
    found = await seats(registry.client(PLANNER))
    assert found["plain", "public", False] == (1, 25, 3, 22)
    assert found["plain", "inclusive_private", False] == (1, 35, 3, 32)
    assert found["mountain", "private", False] == (1, 30, 2, 28)
    assert found["urban", "public", False] == (0, 0, 0, 0)
    assert found["plain", None, True] == (2, 60, 6, 54)
    assert found[None, "private", True] == (1, 30, 2, 28)
    assert found[None, None, True] == (3, 90, 8, 82)
    assert (await seats(registry.client(PLANNER), as_of="2026-03-01"))[None, "private", True][0] == 0
    assert (await seats(registry.client(TOWN)))[None, None, True] == (2, 60, 6, 54)
    assert (await seats(registry.client(PLANNER), division=town.MOUNTAIN))[None, None, True] == (1, 30, 2, 28)
    assert (await registry.client(TOWN).get("/v1/network/seats?division=110116110")).status_code == 404


async def towns(client: AsyncClient, **query: Any) -> TownReport:
    answer = await client.get("/v1/network/towns", params=AUTUMN | query)
    assert answer.status_code == 200, answer.text
    return TownReport.model_validate_json(answer.content)


async def test_a_town_without_a_public_centre_kindergarten_has_a_gap(registry: Service):
    made = await town.small_district(registry)
    await mark(registry, made.first, town_centre=True)
    await mark(registry, made.third, town_centre=True)  # a centre that is not public does not count
    client = registry.client(PLANNER)
    found = await towns(client)
    by = {each.division: each for each in found.items}
    plain, mountain, street = by[town.PLAIN], by[town.MOUNTAIN], by["110116001"]
    assert ([each.name for each in plain.centres], plain.gaps) == (["一园(演示)"], [])
    assert (plain.public, plain.inclusive_private, plain.children, plain.vacant) == (25, 35, 6, 54)
    assert (plain.people, plain.people_counted_on, plain.seats_less_people) == (6, date(2025, 9, 1), 54)
    assert (mountain.centres, mountain.gaps) == ([], ["no_centre"])
    assert (street.centre_needed, street.gaps) == (False, ["no_kindergarten"])
    gapped = await towns(client, gap=True)
    assert len(gapped.items) == found.towns_with_a_gap == 15
    assert [each.division for each in (await towns(client, gap=False)).items] == [town.PLAIN, "110116400"]
    assert {each.zone for each in (await towns(client, zone="urban")).items} == {"urban"}
    assert [each.division for each in (await towns(registry.client(TOWN))).items] == [town.PLAIN]
    await given.insert(registry, "populations", town.population(town.PLAIN, 4, 61, counted_on=date(2025, 9, 30)))
    short = {each.division: each for each in (await towns(client)).items}[town.PLAIN]
    assert (short.seats_less_people, short.gaps) == (-1, ["seats_short"])


async def mark(registry: Service, key: UUID, **fields: Any) -> None:
    client = registry.client(REGISTRAR)
    etag = (await client.get(f"/v1/kindergartens/{key}")).headers["etag"]
    answer = await client.patch(f"/v1/kindergartens/{key}", json=fields, headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text


async def test_centres_and_village_kindergartens_are_listed(registry: Service):
    await given.kindergarten(registry, town_centre=True)
    await given.kindergarten(registry, village_level=True)
    for name in ("town_centre", "village_level"):
        answer = await registry.client(PLANNER).get("/v1/kindergartens", params={name: True, "count": True})
        assert answer.json()["total"] == 1


async def test_the_nearest_kindergarten_of_each_place_that_is_known(registry: Service):
    client = registry.client(PLANNER)
    await given.kindergarten(registry, name="甲(演示)", type="private", latitude=40.40, longitude=116.70)
    await given.kindergarten(registry, name="乙(演示)", latitude=40.50, longitude=116.70)
    await given.kindergarten(registry)
    body = {"latitude": 40.41, "longitude": 116.70, "source": "演示测绘"}
    put = await client.put(f"/v1/network/places/{given.VILLAGE}", json=body)
    assert (put.status_code, put.json()["latitude"]) == (200, 40.41)
    answer = await client.get("/v1/network/distances", params={"division": given.TOWN})
    found = DistanceReport.model_validate_json(answer.content)
    row = {each.division: each for each in found.items}[given.VILLAGE]
    assert (row.nearest_name, row.km, row.nearest_public_name, row.public_km) == (
        "甲(演示)",
        1.112,
        "乙(演示)",
        10.008,
    )
    assert (found.sites, found.sites_without_place, found.without_place) == (2, 1, 17)
    assert "大圆距离" in found.basis
    far = await client.get("/v1/network/distances", params={"division": given.VILLAGE, "farther_than": 1.2})
    assert far.json()["items"] == []
    every = await client.get("/v1/network/distances", params={"division": given.TOWN, "unplaced": True})
    assert len(every.json()["items"]) == 19


async def test_an_outline_that_becomes_known_is_drawn(registry: Service):
    client = registry.client(PLANNER)
    ring = [[116.0, 40.0], [117.0, 40.0], [117.0, 41.0], [116.0, 40.0]]
    body: dict[str, Any] = {"outline": {"type": "Polygon", "coordinates": [ring]}, "source": "演示边界"}
    url = f"/v1/network/places/{given.TOWN}"
    assert (await client.put(url, json=body)).status_code == 200
    found = await coverage(client)
    own = next(each for each in found.features if each.properties.id == given.TOWN)
    assert own.geometry is not None
    assert (own.geometry.type, own.properties.geometry_basis) == ("Polygon", "演示边界")
    for wrong in (
        {"outline": {"type": "Polygon", "coordinates": [ring[:3]]}},
        {"outline": {"type": "Point", "coordinates": [116.0, 40.0]}},
        {"outline": None, "latitude": 40.0},
    ):
        assert (await client.put(url, json=body | wrong)).status_code == 422
    assert (await registry.client(("planner", given.OTHER_TOWN)).put(url, json=body)).status_code == 404
    assert (await registry.client(TOWN).put(url, json=body)).status_code == 403


async def test_seats_and_demand_of_the_science_city(registry: Service):
    made = await town.small_district(registry)
    client = registry.client(PLANNER)
    body = {"since": "2023-01-01", "document": "示例:科学城范围由区确定"}
    base = "/v1/network/tags/science_city"
    assert (await client.put(f"{base}/divisions/{town.MOUNTAIN}", json=body)).status_code == 204
    assert (await client.put(f"{base}/kindergartens/{made.first}", json=body)).status_code == 204
    assert (await client.put(f"{base}/kindergartens/{made.first}", json=body)).status_code == 204
    assert (await client.put("/v1/network/tags/moon/divisions/110116110", json=body)).status_code == 422
    project = {"name": "科学城园(演示)", "division": town.MOUNTAIN, "kind": "new", "planned_seats": 270}
    project |= {"planned_classes": 9, "lead_unit": "区教委"}
    assert (await client.post("/v1/construction-projects", json=project)).status_code == 201
    found = TagReport.model_validate_json((await client.get(base, params=AUTUMN)).content)
    assert [(each.type, each.seats, each.children) for each in found.seats] == [
        ("public", 25, 3),
        ("private", 30, 2),
        (None, 55, 5),
    ]
    assert (found.people, found.seats_less_demand, found.planned_seats) == (4, 51, 270)
    assert [each.name for each in found.places] == ["一园(演示)", "琉璃庙镇"]
    tags = {each.properties.name: each.properties.tags for each in (await coverage(client)).features}
    assert (tags["一园(演示)"], tags["二园(演示)"], tags["三园(演示)"]) == (["science_city"], [], ["science_city"])
    ended = body | {"until": "2025-09-01"}
    assert (await client.put(f"{base}/kindergartens/{made.first}", json=ended)).status_code == 204
    assert len((await client.get(base, params=AUTUMN)).json()["places"]) == 1
    assert (await client.put(f"{base}/divisions/110116110", json=body | {"until": "2022-01-01"})).status_code == 422


@pytest.mark.parametrize("path", ["coverage", "seats", "towns", "distances", "tags/science_city"])
async def test_the_network_is_for_officers(registry: Service, path: str):
    key = await given.kindergarten(registry)
    assert (await registry.client(principal(key)).get(f"/v1/network/{path}")).status_code == 403
    assert (await registry.client(TOWN).get(f"/v1/network/{path}")).status_code == 200


async def test_a_wide_town_is_proposed_a_branch(registry: Service):
    await town.small_district(registry)
    client = registry.client(PLANNER)
    url = f"/v1/network/places/{town.MOUNTAIN}"
    put = await client.put(url, json={"area_km2": "225.50", "source": "演示"})
    assert (put.status_code, put.json()["area_km2"]) == (200, "225.50")
    rows = {each.division: each for each in (await towns(client)).items}
    wide, plain = rows[town.MOUNTAIN], rows[town.PLAIN]
    assert (wide.sites, wide.area_km2, wide.people_per_km2, wide.km2_per_site) == (1, 225.5, 0.02, 225.5)
    assert (wide.branch_proposed, plain.branch_proposed) == (True, False)
    assert (plain.area_km2, plain.km2_per_site, plain.people_per_site) == (None, None, 3.0)

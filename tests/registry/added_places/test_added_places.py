"""扩增学位台账: each added place has its channel and document; the year is reported."""

from typing import Any

import pytest

from services.registry.added_places.schemas import AddedPlacesPage, AddedPlacesReport
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import REGISTRAR, TOWN
from tests.stack import Service

PLANNER = ("planner", given.DISTRICT)
URL = "/v1/added-places"


def entry(kindergarten: Any, **changed: Any) -> dict[str, Any]:
    row = {"kindergarten": str(kindergarten), "channel": "branch", "seats": 90, "added_on": "2025-09-01"}
    return row | {"document": "演示〔2025〕8号"} | changed


async def report(registry: Service, **query: Any) -> AddedPlacesReport:
    answer = await registry.client(PLANNER).get(f"{URL}/report", params=query)
    assert answer.status_code == 200, answer.text
    return AddedPlacesReport.model_validate_json(answer.content)


async def test_the_year_is_reported_by_channel_and_a_conversion_builds_nothing(registry: Service):
    made = await town.small_district(registry)
    client = registry.client(PLANNER)
    for body in (
        entry(made.first),
        entry(made.second, channel="idle", seats=60),
        entry(made.third, channel="converted", seats=30, added_on="2026-03-01"),
    ):
        assert (await client.post(URL, json=body)).status_code == 201
    found = await report(registry)
    assert [(y.year, y.branch, y.idle, y.converted, y.built, y.total, y.public) for y in found.items] == [
        (2025, 90, 60, 0, 150, 150, 90),
        (2026, 0, 0, 30, 0, 30, 0),
    ]
    assert [each.year for each in (await report(registry, as_of="2025-12-31")).items] == [2025]
    assert [each.total for each in (await report(registry, division=town.MOUNTAIN)).items] == [30]
    page = AddedPlacesPage.model_validate_json((await client.get(URL, params={"year": 2025})).content)
    assert {(each.channel, each.type) for each in page.items} == {("branch", "public"), ("idle", "inclusive_private")}
    seen = await registry.client(TOWN).get(URL)
    assert len(seen.json()["items"]) == 2


@pytest.mark.parametrize(
    ("who", "changed", "code"),
    [
        ("third", {"added_on": "2026-02-28"}, "kindergarten-not-inclusive"),
        ("first", {"channel": "converted"}, "channel-does-not-fit"),
        ("first", {"added_on": "2099-01-01"}, "day-lies-ahead"),
        ("first", {"project": "0198d7a5-0000-7000-8000-000000000000"}, "project-unknown"),
    ],
)
async def test_only_inclusive_places_of_the_past_are_entered(
    registry: Service, who: str, changed: dict[str, Any], code: str
):
    made = await town.small_district(registry)
    answer = await registry.client(PLANNER).post(URL, json=entry(getattr(made, who), **changed))
    assert answer.status_code == 422, answer.text
    assert code in {each["code"] for each in answer.json()["errors"]}


async def test_an_entry_in_error_is_withdrawn_and_kept(registry: Service):
    made = await town.small_district(registry)
    client = registry.client(PLANNER)
    key = (await client.post(URL, json=entry(made.first))).json()["id"]
    done = await client.post(f"{URL}/{key}/withdrawals", json={"reason": "重复录入"})
    assert (done.status_code, done.json()["withdrawn_on"]) == (201, given.TODAY.isoformat())
    assert (await client.post(f"{URL}/{key}/withdrawals", json={"reason": "再次"})).json()[
        "code"
    ] == "already-withdrawn"
    assert (await report(registry)).items == []
    assert len((await report(registry, as_of="2026-01-01")).items) == 1
    assert len((await client.get(URL, params={"withdrawn": True})).json()["items"]) == 1
    assert (await registry.client(TOWN).post(URL, json=entry(made.first))).status_code == 403


async def test_a_project_that_opens_enters_its_places(registry: Service):
    client = registry.client(PLANNER)
    project = {"name": "新园(演示)", "division": given.VILLAGE, "kind": "new", "planned_seats": 180}
    project |= {"planned_classes": 6, "lead_unit": "区教委", "synthetic": True}
    url = f"/v1/construction-projects/{(await client.post('/v1/construction-projects', json=project)).json()['id']}"
    today = given.TODAY.isoformat()
    await client.put(f"{url}/milestones/kindergarten/deliver", json={"actual_on": today})
    await client.post(f"{url}/nature-decisions", json={"nature": "public", "document": "演示"})
    opening = {
        "name": "新园(演示)",
        "division": given.VILLAGE,
        "founder": "怀柔区教育委员会(演示)",
        "founder_code": "831",
    }
    opening |= {"document": "演示", "status": "operating"}
    answer = await registry.client(REGISTRAR).post(f"{url}/openings", json=opening)
    assert answer.status_code == 201, answer.text
    (row,) = (await report(registry)).items
    assert (row.year, row.new, row.public) == (given.TODAY.year, 180, 180)

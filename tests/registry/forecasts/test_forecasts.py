"""预测, through HTTP: towns short of seats, scenarios with versions, forecasts that are kept."""

from typing import Any

from httpx import AsyncClient

from services.registry.forecasts.schemas import ForecastKeptOut, ForecastOut, ForecastScenarios, ForecastTown
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import TOWN
from tests.stack import Service

PLANNER = ("planner", given.DISTRICT)
AUTUMN = {"as_of": town.AUTUMN.isoformat()}
SCENARIO = {"name_zh": "中方案", "yearly_factor": "1.0000", "birth_change": "0.0000", "enrolment_rate": "1.0000"}
SCENARIO |= {"document": "演示〔2025〕9号"}


async def births(registry: Service, *numbers: int, since: int = 2019, division: str = town.PLAIN) -> None:
    items = [
        {"division": division, "year": since + at, "births": number, "source": "演示", "synthetic": True}
        for at, number in enumerate(numbers)
    ]
    answer = await registry.client(PLANNER).put("/v1/births", json={"items": items})
    assert answer.status_code == 200, answer.text


async def preview(client: AsyncClient, **query: Any) -> ForecastOut:
    answer = await client.get("/v1/forecasts/preview", params=AUTUMN | query)
    assert answer.status_code == 200, answer.text
    return ForecastOut.model_validate_json(answer.content)


def of(found: ForecastOut, division: str = town.PLAIN) -> ForecastTown:
    return next(each for each in found.towns if each.division == division)


async def test_the_seats_of_a_town_are_held_against_its_children_to_come(registry: Service):
    await town.small_district(registry)  # 60 seats in 北房镇, six children of 3 to 5 counted in 2025
    await births(registry, 30, 30, 30, 30, 30, 30, 30)
    client = registry.client(PLANNER)
    found = await preview(client)
    own = of(found)
    assert [each.school_year for each in own.years] == [2026, 2027, 2028, 2029, 2030, 2031]
    first = own.years[0]
    # Of those of 3 and 4 counted in 2025 three and two are a year older; the new ones are 30 born.
    assert [(each.age, each.people, each.basis) for each in first.cohorts] == [
        (3, 30, "births"),
        (4, 3, "population"),
        (5, 2, "population"),
    ]
    assert (first.people, first.demand, first.seats, first.gap, first.warning) == (35, 34, 60, 26, "surplus")
    third = own.years[2]
    assert (third.demand, third.gap, third.warning) == (87, -27, "shortage")
    assert [each.basis for each in own.years[3].cohorts] == ["assumed", "assumed", "births"]
    assert (found.scenario.code, found.scenario.version, found.scenario.tag) == ("mid", 1, "illustrative")
    assert (found.surplus_share, found.synthetic) == ("0.25", True)
    missing = of(found, "110116001").years[0]
    assert (missing.demand, missing.gap, missing.warning) == (None, None, None)
    assert [each.demand for each in found.total] == [None] * 6
    alone = await preview(client, division=town.PLAIN, years=1)
    assert [each.demand for each in alone.total] == [34]
    assert [each.division for each in (await preview(registry.client(TOWN))).towns] == [town.PLAIN]


async def test_seats_being_built_count_from_the_year_they_are_delivered(registry: Service):
    await births(registry, *[30] * 7)
    client = registry.client(PLANNER)
    project = {"name": "在建园(演示)", "division": given.VILLAGE, "kind": "new", "planned_seats": 90}
    project |= {"planned_classes": 3, "lead_unit": "区教委"}
    made = (await client.post("/v1/construction-projects", json=project)).json()["id"]
    url = f"/v1/construction-projects/{made}/milestones/kindergarten/deliver"
    assert (await client.put(url, json={"planned_on": "2028-09-01"})).status_code == 200
    found = await preview(client, as_of=given.TODAY.isoformat(), division=town.PLAIN)
    planned = {each.school_year: each.planned_seats for each in of(found).years}
    assert all(seats == (90 if year >= 2028 else 0) for year, seats in planned.items())
    assert 90 in planned.values()


async def test_a_scenario_set_anew_is_a_new_version_and_kept_forecasts_keep_theirs(registry: Service):
    await births(registry, *[30] * 7)
    client = registry.client(PLANNER)
    body = AUTUMN | {"scenario": "mid", "years": 3, "division": town.PLAIN, "note": "年度会商(演示)"}
    answer = await client.post("/v1/forecasts", json=body)
    kept = ForecastKeptOut.model_validate_json(answer.content)
    assert (answer.status_code, kept.version, kept.result.towns[0].years[2].demand) == (201, 1, 87)
    for _ in range(2):
        assert (await client.put("/v1/forecast-scenarios/mid", json=SCENARIO)).status_code == 204
    listed = ForecastScenarios.model_validate_json((await client.get("/v1/forecast-scenarios")).content)
    assert [(each.code, each.version, each.tag) for each in listed.items] == [
        ("high", 1, "illustrative"),
        ("low", 1, "illustrative"),
        ("mid", 1, "illustrative"),
        ("mid", 2, "known"),
    ]
    assert of(await preview(client)).years[2].demand == 90
    assert of(await preview(client, version=1)).years[2].demand == 87
    again = ForecastKeptOut.model_validate_json((await client.get(f"/v1/forecasts/{kept.id}")).content)
    assert again == kept
    assert [each["id"] for each in (await registry.client(TOWN).get("/v1/forecasts")).json()["items"]] == [str(kept.id)]
    assert (await registry.client(("planner", given.OTHER_TOWN)).get(f"/v1/forecasts/{kept.id}")).status_code == 404


async def test_what_cannot_be_is_refused(registry: Service):
    client = registry.client(PLANNER)
    for query in ({"scenario": "none"}, {"version": 9}, {"years": 7}, {"years": 0}):
        assert (await client.get("/v1/forecasts/preview", params=query)).status_code == 422
    assert (await registry.client(TOWN).get("/v1/forecasts/preview?division=110116110")).status_code == 404
    assert (await registry.client(TOWN).post("/v1/forecasts", json={})).status_code == 403
    bad = await client.put("/v1/forecast-scenarios/mid", json=SCENARIO | {"enrolment_rate": "1.01"})
    assert bad.status_code == 422
    local = await registry.client(("planner", given.TOWN)).put("/v1/forecast-scenarios/mid", json=SCENARIO)
    assert local.status_code == 403

"""出生与人口: entered by the district many at once, confirmed by the town."""

from typing import Any

import pytest

from services.registry.births.schemas import BirthPage, PopulationPage
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import TOWN
from tests.stack import Service

PLANNER = ("planner", given.DISTRICT)


def birth(**changed: Any) -> dict[str, Any]:
    return {"division": given.TOWN, "year": 2024, "births": 210, "source": "演示:卫生健康部门"} | changed


def people(**changed: Any) -> dict[str, Any]:
    row = {"division": given.TOWN, "counted_on": "2025-09-01", "age": 3, "basis": "resident", "children": 100}
    return row | {"source": "演示"} | changed


async def test_births_are_entered_once_and_confirmed_by_the_town(registry: Service):
    client, town_ = registry.client(PLANNER), registry.client(TOWN)
    both = {"items": [birth(), birth(division=given.OTHER_TOWN)]}
    assert (await client.put("/v1/births", json=both)).json() == {"stored": 2, "unchanged": 0}
    assert (await client.put("/v1/births", json=both)).json() == {"stored": 0, "unchanged": 2}
    url = f"/v1/births/{given.TOWN}/2024/confirmations"
    wrong = await town_.post(url, json={"births": 211})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "figure-differs")
    done = await town_.post(url, json={"births": 210})
    assert (done.status_code, done.json()["confirmed_by"]) == (201, "town_officer@110116102")
    again = await town_.post(url, json={"births": 210})
    assert again.json()["code"] == "not-in-this-state"
    other = await town_.post(f"/v1/births/{given.OTHER_TOWN}/2024/confirmations", json={"births": 210})
    assert other.status_code == 404
    assert (await client.post(url, json={"births": 210})).status_code == 403
    page = BirthPage.model_validate_json((await town_.get("/v1/births", params={"confirmed": True})).content)
    assert [each.division for each in page.items] == [given.TOWN]
    await client.put("/v1/births", json={"items": [birth(births=215)]})
    page = BirthPage.model_validate_json((await town_.get("/v1/births")).content)
    assert [(each.births, each.confirmed_by, each.version) for each in page.items] == [(215, None, 3)]


async def test_who_enters_a_figure_does_not_confirm_it(registry: Service):
    client = registry.client(("planner", given.TOWN), TOWN, sub="both")
    assert (await client.put("/v1/births", json={"items": [birth()]})).status_code == 200
    answer = await client.post(f"/v1/births/{given.TOWN}/2024/confirmations", json={"births": 210})
    assert (answer.status_code, answer.json()["code"]) == (403, "another-person-needed")


@pytest.mark.parametrize(
    ("rows", "pointer", "code"),
    [
        ([birth(), birth()], "/items/1", "named-twice"),
        ([birth(), birth(division="110116999")], "/items/1/division", "division-unknown"),
        ([birth(year=given.TODAY.year)], "/items/0/year", "year-not-over"),
    ],
)
async def test_one_fault_and_nothing_is_stored(registry: Service, rows: list[Any], pointer: str, code: str):
    client = registry.client(PLANNER)
    answer = await client.put("/v1/births", json={"items": rows})
    assert answer.status_code == 422
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (pointer, code)
    assert (await client.get("/v1/births")).json()["items"] == []


async def test_people_entered_are_the_denominator_of_the_rate(registry: Service):
    await town.small_district(registry)
    client = registry.client(PLANNER)
    value = f"/v1/indicators/enrolment_rate_3y/values?as_of={town.AUTUMN}&division={given.TOWN}"
    before = (await client.get(value)).json()["items"][0]["denominator"]
    rows = {"items": [people(children=4, counted_on="2025-09-01"), people(age=2, children=9)]}
    assert (await client.put("/v1/populations", json=rows)).json() == {"stored": 2, "unchanged": 0}
    assert (await client.put("/v1/populations", json=rows)).json() == {"stored": 0, "unchanged": 2}
    assert (await client.get(value)).json()["items"][0]["denominator"] == before + 1
    page = PopulationPage.model_validate_json(
        (await client.get("/v1/populations", params={"division": given.TOWN, "age": 2})).content
    )
    assert [(each.children, each.source) for each in page.items] == [(9, "演示")]
    told = await registry.database.fetch("SELECT count(*) FROM events WHERE type = 'registry.population.entered'")
    assert told == [(2,)]
    later = await client.put("/v1/populations", json={"items": [people(counted_on="2099-01-01")]})
    assert later.json()["errors"][0]["code"] == "day-lies-ahead"
    assert (await registry.client(TOWN).put("/v1/populations", json=rows)).status_code == 403
    elsewhere = await registry.client(("planner", given.OTHER_TOWN)).put("/v1/populations", json=rows)
    assert elsewhere.status_code == 422

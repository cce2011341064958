"""Every kindergarten in exactly one 片区; coverage is a live figure."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.quality.research_zones.rules import term_of
from services.quality.research_zones.schemas import ResearchCoveragePage, ResearchFigure
from tests.quality import given
from tests.stack import Service


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), date(2027, 2, 1)),
        (date(2026, 8, 31), date(2026, 2, 1), date(2026, 9, 1)),
        (date(2027, 1, 31), date(2026, 9, 1), date(2027, 2, 1)),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 9, 1)),
    ],
)
def test_terms_begin_in_february_and_september(day: date, first: date, following: date):
    assert term_of(day) == (first, following)


async def zone(officer: httpx.AsyncClient, name: str, *members: UUID, **changes: Any) -> str:
    new = {"name": name, "researcher": "jiao", "researcher_name": "焦老师"} | changes
    made = await officer.post("/v1/research-zones", json=new)
    assert made.status_code == 201, made.text
    put = {"kindergartens": [str(each) for each in members]}
    answer = await officer.put(f"/v1/research-zones/{made.json()['id']}/members", json=put)
    assert answer.status_code == 200, answer.text
    return str(made.json()["id"])


async def zones(officer: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in (await officer.get("/v1/research-zones")).json()}


async def test_who_joins_a_zone_leaves_the_one_it_was_in_but_alliances_overlap(quality: Service):
    officer = quality.client(given.OFFICER)
    one, two = await given.kindergarten(quality), await given.kindergarten(quality)
    await zone(officer, "第一片区", one, two)
    await zone(officer, "第二片区", two)
    await zone(officer, "游戏联盟", one, two, kind="alliance")
    await zone(officer, "食育联盟", two, kind="alliance")
    found = {name: set(each["kindergartens"]) for name, each in (await zones(officer)).items()}
    assert found == {
        "第一片区": {str(one)},
        "第二片区": {str(two)},
        "游戏联盟": {str(one), str(two)},
        "食育联盟": {str(two)},
    }
    taken = await officer.post(
        "/v1/research-zones", json={"name": "第一片区", "researcher": "x", "researcher_name": "x"}
    )
    assert (taken.status_code, taken.json()["code"]) == (409, "zone-name-taken")


async def test_the_load_of_a_researcher_counts_each_kindergarten_once(quality: Service):
    officer = quality.client(given.OFFICER)
    houses = [await given.kindergarten(quality, name=f"第{n}幼儿园") for n in range(13)]
    await zone(officer, "片区", *houses[:12])
    await zone(officer, "联盟", *houses[:3], kind="alliance")
    assert {(each["load"], each["overloaded"]) for each in (await zones(officer)).values()} == {(12, False)}
    await zone(officer, "片区二", houses[12])
    assert {(each["load"], each["overloaded"]) for each in (await zones(officer)).values()} == {(13, True)}


async def test_coverage_needs_a_zone_and_an_activity_this_term(quality: Service):
    officer = quality.client(given.OFFICER)
    active, idle, alone = [await given.kindergarten(quality) for _ in range(3)]
    here = await zone(officer, "片区", active, idle)
    attendances = [{"kindergarten": str(each), "teachers": 4} for each in (active, alone)]
    new: dict[str, Any] = {"level": "zone", "zone": here, "topic": "自主游戏观察", "summary": "研讨"}
    before = new | {
        "on": str(term_of(given.TODAY)[0] - timedelta(1)),
        "attendances": [{"kindergarten": str(idle), "teachers": 2}],
    }
    for body in (new | {"on": str(given.TODAY), "attendances": attendances}, before):
        made = await officer.post("/v1/research-activities", json=body)
        assert made.status_code == 201, made.text
    page = ResearchCoveragePage.model_validate_json((await officer.get("/v1/research-coverage")).content)
    found = {each.kindergarten: (each.zone, each.activities, each.covered) for each in page.items}
    assert found == {active: ("片区", 1, True), idle: ("片区", 0, False), alone: (None, 1, False)}
    figure = ResearchFigure.model_validate_json((await officer.get("/v1/research-coverage/figure")).content)
    assert (figure.kindergartens, figure.in_a_zone, figure.covered, figure.percent) == (3, 2, 1, "33.33")


async def test_a_district_without_kindergartens_has_no_percentage(quality: Service):
    figure = (await quality.client(given.OFFICER).get("/v1/research-coverage/figure")).json()
    assert figure == {
        "kindergartens": 0,
        "in_a_zone": 0,
        "covered": 0,
        "percent": None,
        "alliances": 0,
        "alliances_planned": 5,
    }

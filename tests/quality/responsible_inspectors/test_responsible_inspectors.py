"""责任督学: one a kindergarten, about five each, rotated, named on the plate."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.quality.responsible_inspectors.schemas import InspectorAssignmentPage
from tests.quality import given
from tests.stack import Service


def new(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    made = {"kindergarten": str(kindergarten), "account": "du", "name": "杜督学", "phone": "010-60000001"}
    return made | {"since": str(given.TODAY)} | changes


async def test_the_plate_says_who_is_responsible_and_a_rotation_changes_it(quality: Service):
    one = await given.kindergarten(quality)
    officer = quality.client(given.OFFICER)
    first = await officer.post("/v1/inspector-assignments", json=new(one, since="2025-03-01"))
    assert first.status_code == 201, first.text
    teacher = quality.client(("teacher", f"k:{one}"))
    assert (await teacher.get(f"/v1/inspector-plates/{one}")).json()["name"] == "杜督学"
    again = await officer.post("/v1/inspector-assignments", json=new(one))
    assert (again.status_code, again.json()["code"]) == (409, "already-responsible")
    early = await officer.post("/v1/inspector-assignments", json=new(one, account="ma", since="2025-02-01"))
    assert early.json()["errors"][0]["pointer"] == "/since"
    await officer.post("/v1/inspector-assignments", json=new(one, account="ma", name="马督学"))
    assert (await teacher.get(f"/v1/inspector-plates/{one}")).json()["name"] == "马督学"
    listed = await officer.get("/v1/inspector-assignments", params={"sort": "-since"})
    page = InspectorAssignmentPage.model_validate_json(listed.content)
    assert [(each.account, each.until) for each in page.items] == [("ma", None), ("du", given.TODAY)]


@pytest.mark.parametrize(("houses", "overloaded"), [(5, False), (6, True)])
async def test_more_than_five_is_shown(quality: Service, houses: int, overloaded: bool):
    officer = quality.client(given.OFFICER)
    for n in range(houses):
        place = await given.kindergarten(quality, name=f"第{n}幼儿园")
        assert (await officer.post("/v1/inspector-assignments", json=new(place))).status_code == 201
    page = InspectorAssignmentPage.model_validate_json((await officer.get("/v1/inspector-assignments")).content)
    assert {(each.load, each.overloaded) for each in page.items} == {(houses, overloaded)}


@pytest.mark.parametrize(("days", "due"), [(40, True), (-40, False)])
async def test_rotation_falls_due_after_three_years(quality: Service, days: int, due: bool):
    one = await given.kindergarten(quality)
    since = date(given.YEAR - 3, given.TODAY.month, 15) - timedelta(days)
    made = await quality.client(given.OFFICER).post("/v1/inspector-assignments", json=new(one, since=str(since)))
    assert made.json()["rotation_due"] is due


async def test_a_house_without_inspector_has_no_plate(quality: Service):
    one = await given.kindergarten(quality)
    officer = quality.client(given.OFFICER)
    assert (await officer.get(f"/v1/inspector-plates/{one}")).status_code == 404
    made = await officer.post("/v1/inspector-assignments", json=new(one))
    ended = await officer.post(f"/v1/inspector-assignments/{made.json()['id']}/endings")
    assert ended.json()["until"] == str(given.TODAY)
    assert (await officer.get(f"/v1/inspector-plates/{one}")).status_code == 404

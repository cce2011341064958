"""双普自查: what the registry can compute is computed; the rest stands on documents."""

from datetime import timedelta
from typing import Any

from services.registry.universal_checks.schemas import UniversalCheck, UniversalItem
from tests.registry import given
from tests.registry.indicators import town
from tests.registry.kindergartens.callers import TOWN
from tests.stack import Service

PLANNER = ("planner", given.DISTRICT)
URL = "/v1/plan/universal-check"


async def checked(registry: Service, **query: Any) -> tuple[UniversalCheck, dict[str, UniversalItem]]:
    answer = await registry.client(PLANNER).get(URL, params={"as_of": town.AUTUMN.isoformat()} | query)
    assert answer.status_code == 200, answer.text
    found = UniversalCheck.model_validate_json(answer.content)
    return found, {each.code: each for each in found.items}


async def test_items_are_computed_with_what_is_missing(registry: Service):
    await town.small_district(registry)
    found, items = await checked(registry)
    assert (len(found.items), found.passed, found.synthetic) == (19, False, True)
    assert found.reached + found.not_reached + found.unknown == 19
    shown = {code: (each.value, each.met) for code, each in items.items()}
    assert shown["A1"] == ("80.00% (≥85.00%)", False)
    assert shown["A3"] == ("37.50% (≥50.00%)", False)
    assert shown["C2"] == ("100.00% (≥85.00%)", True)
    assert shown["B3"] == ("0/14", False)
    assert "北房镇" in items["B3"].missing
    assert shown["B4"] == ("0/0", None)
    assert items["C3"].met is False
    assert (items["B1"].source, items["B1"].met) == ("entered", None)


async def test_a_residential_kindergarten_whose_nature_is_not_decided_is_named(registry: Service):
    client = registry.client(PLANNER)
    project = {"name": "配套园(演示)", "division": given.VILLAGE, "kind": "residential", "planned_seats": 90}
    project |= {"planned_classes": 3, "lead_unit": "区教委", "residential_project": "演示", "developer": "演示"}
    made = (await client.post("/v1/construction-projects", json=project)).json()["id"]
    url = f"/v1/construction-projects/{made}"
    await client.put(f"{url}/milestones/kindergarten/accept", json={"actual_on": given.TODAY.isoformat()})
    _, items = await checked(registry, as_of=given.TODAY.isoformat())
    assert (items["B4"].value, items["B4"].met, items["B4"].missing) == ("0/1", False, ["配套园(演示)"])
    await client.post(f"{url}/nature-decisions", json={"nature": "public", "document": "演示"})
    _, items = await checked(registry, as_of=given.TODAY.isoformat())
    assert (items["B4"].value, items["B4"].met) == ("1/1", True)


async def test_evidence_is_entered_by_day_and_never_for_what_is_computed(registry: Service):
    client = registry.client(PLANNER)
    body = {"met": True, "summary": "党组织全覆盖(演示)", "document": "演示〔2026〕5号"}
    before = (given.TODAY - timedelta(30)).isoformat()
    assert (await client.put(f"{URL}/B1", json=body | {"found_on": before, "met": False})).status_code == 204
    assert (await client.put(f"{URL}/B1", json=body)).status_code == 204
    _, items = await checked(registry, as_of=given.TODAY.isoformat())
    assert (items["B1"].met, items["B1"].document, items["B1"].value) == (True, "演示〔2026〕5号", "党组织全覆盖(演示)")
    _, items = await checked(registry, as_of=before)
    assert items["B1"].met is False
    for item, code in (("A1", "item-is-computed"), ("B9", "day-lies-ahead")):
        later = body | {"found_on": (given.TODAY + timedelta(1)).isoformat()}
        answer = await client.put(f"{URL}/{item}", json=body if item == "A1" else later)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    assert (await client.put(f"{URL}/C9", json=body)).status_code == 404


async def test_it_is_the_districts(registry: Service):
    assert (await registry.client(TOWN).get(URL)).status_code == 404
    body = {"met": True, "summary": "演示", "document": "演示"}
    assert (await registry.client(("planner", given.TOWN)).put(f"{URL}/B1", json=body)).status_code == 403

"""教研计划 of district, zone or alliance, and kindergarten: what is recorded under a plan shows how far it is."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.research_plans.schemas import ResearchPlanOut
from tests.quality import given
from tests.stack import Service


def plan(level: str = "district", **changes: Any) -> dict[str, Any]:
    days = [given.TODAY - timedelta(20), given.TODAY, given.TODAY + timedelta(20)]
    new: dict[str, Any] = {"level": level, "title": "游戏观察专题", "goals": "提升观察与支持能力"}
    new |= {"since": str(given.TODAY - timedelta(30)), "until": str(given.TODAY + timedelta(30))}
    return new | {"planned": [{"on": str(day), "topic": f"第{n}次"} for n, day in enumerate(days)]} | changes


async def test_an_alliances_plan_is_behind_until_what_was_due_is_held(quality: Service):
    officer, one = quality.client(given.OFFICER), await given.kindergarten(quality)
    zone = {"name": "游戏联盟", "kind": "alliance", "researcher": "li", "researcher_name": "李某"}
    alliance = (await officer.post("/v1/research-zones", json=zone)).json()["id"]
    await officer.put(f"/v1/research-zones/{alliance}/members", json={"kindergartens": [str(one)]})
    made = await officer.post("/v1/research-plans", json=plan("zone", zone=alliance))
    found = ResearchPlanOut.model_validate_json(made.content)
    assert (found.due, found.held, found.behind) == (2, 0, True)
    activity = {"level": "zone", "zone": alliance, "on": str(given.TODAY), "topic": "第一次", "summary": "观摩研讨"}
    activity |= {"attendances": [{"kindergarten": str(one), "teachers": 4}], "plan": str(found.id)}
    for _ in range(2):
        assert (await officer.post("/v1/research-activities", json=activity)).status_code == 201
    member = quality.client(("principal", f"k:{one}"))
    (seen,) = (await member.get("/v1/research-plans", params={"zone": alliance})).json()["items"]
    assert (seen["held"], seen["behind"]) == (2, False)
    stray = activity | {"level": "district", "zone": None}
    refused = await officer.post("/v1/research-activities", json=stray)
    assert (refused.status_code, refused.json()["code"]) == (422, "plan-of-another-place")
    of_plan = await officer.get("/v1/research-activities", params={"plan": str(found.id)})
    assert len(of_plan.json()["items"]) == 2


async def test_a_kindergarten_files_its_own_plan_and_a_researcher_rates_it(quality: Service):
    one = await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{one}"))
    made = await principal.post("/v1/research-plans", json=plan("kindergarten", kindergarten=str(one)))
    assert made.status_code == 201, made.text
    path = f"/v1/research-plans/{made.json()['id']}/ratings"
    rated = await quality.client(("inspector", given.DISTRICT), sub="li").post(
        path, json={"rating": 4, "comment": "扎实"}
    )
    assert (rated.json()["rating"], rated.json()["rated_by"]) == (4, "li")
    own: dict[str, Any] = {
        "level": "kindergarten",
        "kindergarten": str(one),
        "on": str(given.TODAY),
        "topic": "园本",
        "summary": "研讨",
    }
    own |= {"attendances": [{"kindergarten": str(one), "teachers": 9}]}
    await principal.post("/v1/research-activities", json=own)
    (row,) = (await principal.get("/v1/research-coverage")).json()["items"]
    assert [row[f"{which}activities"] for which in ("", "own_", "zone_", "district_")] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"level": "zone"}, "level-names-its-place"),
        ({"planned": [{"on": "2020-01-01", "topic": "早了"}]}, "invalid-input"),
        ({"until": "2020-01-01"}, "invalid-input"),
    ],
)
async def test_a_plan_names_its_place_and_keeps_to_its_days(quality: Service, changes: dict[str, Any], code: str):
    refused = await quality.client(given.OFFICER).post("/v1/research-plans", json=plan() | changes)
    assert (refused.status_code, refused.json()["code"]) == (422, code)

"""大班末期衔接计划: filed for every big class, reviewed by another person, never about one child's marks."""

from typing import Any
from uuid import UUID

import pytest

from services.quality.transition_plans.schemas import TransitionPlanOut, TransitionPlanPage
from tests.quality import given, matrix
from tests.quality.evaluations.team import classes
from tests.stack import Service

CONTENT = {"body": "每天户外两小时", "life": "整理书包", "social": "参观小学", "learning": "自主阅读时间"}
NOTE = {"note": "意见"}


async def group(service: Service, kind: str = "large") -> tuple[UUID, UUID]:
    one = await given.kindergarten(service)
    await classes(service, one, **{kind: 1})
    ((id_,),) = await service.database.fetch("SELECT id FROM classes WHERE kindergarten = %s", one)
    return one, id_


async def filed(service: Service) -> tuple[UUID, str]:
    one, class_id = await group(service)
    new = CONTENT | {"class_id": str(class_id), "school_year": 2026}
    made = await service.client(("teacher", f"k:{one}"), sub="teacher").post("/v1/transition-plans", json=new)
    assert made.status_code == 201, made.text
    again = await service.client(("principal", f"k:{one}")).post("/v1/transition-plans", json=new)
    assert (again.status_code, again.json()["code"]) == (409, "class-has-its-plan")
    return one, str(made.json()["id"])


async def test_a_plan_goes_back_and_comes_again_until_it_is_accepted(quality: Service):
    one, id_ = await filed(quality)
    teacher, officer = quality.client(("teacher", f"k:{one}")), quality.client(given.OFFICER)
    back = await officer.post(f"/v1/transition-plans/{id_}/returns", json=NOTE)
    assert back.json()["state"] == "returned"
    refiled = await teacher.post(f"/v1/transition-plans/{id_}/filings", json=CONTENT | {"life": "整理书包与值日"})
    assert refiled.json()["life"] == "整理书包与值日"
    done = await officer.post(f"/v1/transition-plans/{id_}/acceptances", json=NOTE)
    found = TransitionPlanOut.model_validate_json(done.content)
    assert ([each.verb for each in found.steps], found.state) == (["return", "file", "accept"], "accepted")
    page = await officer.get("/v1/transition-plans", params={"state": "accepted", "school_year": 2026})
    assert len(TransitionPlanPage.model_validate_json(page.content).items) == 1


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("middle", {}, "class-is-not-the-last-year"),
        ("large", {"school_year": 2100}, "class-is-not-the-last-year"),
        ("large", {"learning": "期末对幼儿拼音测试打分"}, "children-are-not-scored"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(quality: Service, kind: str, change: dict[str, Any], code: str):
    one, class_id = await group(quality, kind)
    new = CONTENT | {"class_id": str(class_id), "school_year": 2026} | change
    refused = await quality.client(("principal", f"k:{one}")).post("/v1/transition-plans", json=new)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, id_ = await filed(quality)
    states: dict[str, dict[str, Any]] = {each: {} for each in ("filed", "returned", "accepted")}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "file": ("filings", CONTENT),
        "accept": ("acceptances", NOTE),
        "return": ("returns", NOTE),
    }
    grants = matrix.standing("quality.transition", one).values()
    path = "/v1/transition-plans"
    assert await matrix.disagreements(quality, "transition_plans", path, id_, states, bodies, grants) == []

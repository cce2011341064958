"""Researchers in kindergartens 下园指导, and what that makes of their load and of 教研实效."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.guidance_visits.schemas import GuidanceVisitPage
from tests.quality import given
from tests.stack import Service

RESEARCHER = ("inspector", given.DISTRICT)


def visit(kindergarten: object, **changes: Any) -> dict[str, Any]:
    new: dict[str, Any] = {
        "kindergarten": str(kindergarten),
        "on": str(given.TODAY),
        "classes": ["大一班"],
        "teachers": 6,
    }
    new |= {"needs": "游戏观察记录方法", "findings": "材料投放单一", "advice": "分层投放低结构材料"}
    return new | changes


async def test_a_visit_is_followed_up_once_and_shows_when_it_is_late(quality: Service):
    one = await given.kindergarten(quality)
    who = quality.client(RESEARCHER, sub="li")
    made = await who.post("/v1/guidance-visits", json=visit(one, follow_up_due=str(given.TODAY)))
    assert made.status_code == 201, made.text
    await quality.database.fetch(
        "UPDATE guidance_visits SET on_day = %s, follow_up_due = %s",
        given.TODAY - timedelta(40),
        given.TODAY - timedelta(1),
    )
    principal = quality.client(("principal", f"k:{one}"))
    late = await principal.get("/v1/guidance-visits", params={"overdue": "true"})
    assert [each.researcher for each in GuidanceVisitPage.model_validate_json(late.content).items] == ["li"]
    path = f"/v1/guidance-visits/{made.json()['id']}/follow-ups"
    assert (await principal.post(path, json={"effect": "x"})).status_code == 403
    done = await who.post(path, json={"effect": "材料已分层,观察记录完整"})
    assert (done.json()["overdue"], done.json()["followed_up_by"]) == (False, "li")
    assert (await who.post(path, json={"effect": "x"})).json()["code"] == "followed-up"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"on": str(given.TODAY + timedelta(1))}, "/on"),
        ({"follow_up_due": str(given.TODAY - timedelta(1))}, "/follow_up_due"),
    ],
)
async def test_days_of_a_visit_are_in_order(quality: Service, changes: dict[str, str], pointer: str):
    one = await given.kindergarten(quality)
    refused = await quality.client(RESEARCHER).post("/v1/guidance-visits", json=visit(one, **changes))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)

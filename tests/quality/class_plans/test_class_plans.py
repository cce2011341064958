"""班级保教计划: filed for a term or a week, a change says why, words of primary school are pointed at."""

from datetime import date
from typing import Any

import pytest

from services.quality.class_plans.rules import begins_right, suspect
from services.quality.class_plans.schemas import ClassPlanOut, ClassPlanPage
from tests.quality import given
from tests.quality.timetables.test_timetables import group
from tests.stack import Service

PLAN = {"aims": "亲近自然", "content": "户外观察与自主游戏", "play_minutes": 60, "outdoor_minutes": 120}
MONDAY = "2026-03-02"


def test_plans_begin_on_their_day_and_words_are_found():
    assert begins_right("week", date(2026, 3, 2))
    assert not begins_right("week", date(2026, 3, 3))
    assert begins_right("term", date(2026, 9, 1))
    assert not begins_right("term", date(2026, 9, 2))
    assert suspect("学习拼音并布置家庭作业") == ["拼音", "家庭作业"]
    assert suspect("自主阅读") == []


async def test_a_plan_is_filed_and_a_change_says_why(quality: Service):
    one, class_id = await group(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    path = f"/v1/class-plans/{class_id}/week/{MONDAY}"
    made = await teacher.put(path, json=PLAN)
    assert made.status_code == 200, made.text
    assert ClassPlanOut.model_validate_json(made.content).versions == 1
    assert (await teacher.put(path, json=PLAN)).json()["versions"] == 1
    bare = await teacher.put(path, json=PLAN | {"content": "调整为室内"})
    assert (bare.status_code, bare.json()["code"]) == (422, "change-has-its-reason")
    moved = await teacher.put(path, json=PLAN | {"outdoor_minutes": 119, "change": "连续降雨"})
    assert (moved.json()["versions"], moved.json()["outdoor_short"], moved.json()["change"]) == (2, True, "连续降雨")
    kept = await quality.database.fetch(
        "SELECT before->>'outdoor_minutes' FROM row_history WHERE table_name = 'class_plans'"
    )
    assert kept == [("120",)]
    assert (await teacher.get(path)).json() == moved.json()


async def test_words_of_primary_school_are_flagged(quality: Service):
    one, class_id = await group(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    await teacher.put(f"/v1/class-plans/{class_id}/term/2026-09-01", json=PLAN)
    await teacher.put(f"/v1/class-plans/{class_id}/week/{MONDAY}", json=PLAN | {"content": "集体识字"})
    page = await quality.client(given.OFFICER).get("/v1/class-plans", params={"flagged": "true"})
    (row,) = ClassPlanPage.model_validate_json(page.content).items
    assert (row.kind, row.suspect) == ("week", ["识字"])


@pytest.mark.parametrize(
    ("address", "change", "code"),
    [
        ("week/2026-03-03", {}, "plan-begins-on-its-day"),
        ("term/2026-03-02", {}, "plan-begins-on-its-day"),
        (f"week/{MONDAY}", {"content": "对幼儿进行测评打分"}, "children-are-not-scored"),
        (f"week/{MONDAY}", {"play_minutes": 721}, "invalid-input"),
        ("week/2026-13-01", {}, "invalid-input"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(quality: Service, address: str, change: dict[str, Any], code: str):
    one, class_id = await group(quality)
    refused = await quality.client(("teacher", f"k:{one}")).put(
        f"/v1/class-plans/{class_id}/{address}", json=PLAN | change
    )
    assert (refused.status_code, refused.json()["code"]) == (422, code)

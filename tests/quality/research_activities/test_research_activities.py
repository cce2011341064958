"""教研 on three levels; teachers' questions are answered in time and may become knowledge."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.research_activities.schemas import ResearchActivityPage, TeacherQuestionPage
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.quality import given
from tests.stack import Service


async def test_a_kindergarten_sees_its_own_and_what_it_took_part_in(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    officer, principal = quality.client(given.OFFICER), quality.client(("principal", f"k:{one}"))
    new: dict[str, Any] = {"level": "district", "on": str(given.TODAY), "topic": "区级", "summary": "展示"}
    there = [{"kindergarten": str(each), "teachers": 2} for each in (one, other)]
    await officer.post("/v1/research-activities", json=new | {"attendances": there})
    await officer.post("/v1/research-activities", json=new | {"topic": "他园", "attendances": there[1:]})
    own = new | {"level": "kindergarten", "kindergarten": str(one), "topic": "园级", "attendances": there[:1]}
    assert (await principal.post("/v1/research-activities", json=own)).status_code == 201
    page = ResearchActivityPage.model_validate_json((await principal.get("/v1/research-activities")).content)
    assert {each.topic: [str(a.kindergarten) for a in each.attendances] for each in page.items} == {
        "区级": [str(one)],
        "园级": [str(one)],
    }


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"level": "zone"}, 422, "level-names-its-place"),
        ({"level": "kindergarten"}, 422, "level-names-its-place"),
        ({"level": "district", "zone": str(new_id())}, 422, "level-names-its-place"),
        ({"level": "zone", "zone": str(new_id())}, 404, "not-found"),
        ({"on": str(given.TODAY + timedelta(1))}, 422, "invalid-input"),
        ({"attendances": [{"kindergarten": str(new_id()), "teachers": 1}]}, 404, "not-found"),
        ({"attendances": []}, 422, "invalid-input"),
    ],
)
async def test_an_activity_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], status: int, code: str):
    one = await given.kindergarten(quality)
    new = {"level": "district", "on": str(given.TODAY), "topic": "x", "summary": "x"}
    new["attendances"] = [{"kindergarten": str(one), "teachers": 2}]  # type: ignore[assignment]  # a body of JSON
    refused = await quality.client(given.OFFICER).post("/v1/research-activities", json=new | change)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_a_shared_answer_is_knowledge_without_who_asked(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    reader = quality.client(("teacher", f"k:{other}"))
    asked = await teacher.post(
        "/v1/teacher-questions", json={"kindergarten": str(one), "question": "如何减少过渡环节的等待?"}
    )
    assert asked.json()["due_on"] == str(add_working_days(given.TODAY, 5))
    path = f"/v1/teacher-questions/{asked.json()['id']}/answers"
    answer = {"answer": "采用小组轮流与自主过渡。", "shared": True, "keywords": ["过渡环节"]}
    researcher = quality.client(("inspector", given.DISTRICT))
    assert (await researcher.post(path, json=answer)).status_code == 201
    assert (await researcher.post(path, json=answer)).json()["code"] == "already-answered"
    found = await reader.get("/v1/research-knowledge", params={"keyword": "过渡环节"})
    assert [each["answer"] for each in found.json()] == ["采用小组轮流与自主过渡。"]
    assert str(one) not in found.text
    assert (await reader.get("/v1/research-knowledge", params={"keyword": "食谱"})).json() == []
    listed = await reader.get("/v1/teacher-questions")
    assert TeacherQuestionPage.model_validate_json(listed.content).items == []


async def test_a_question_left_too_long_is_shown(quality: Service):
    one = await given.kindergarten(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    await teacher.post("/v1/teacher-questions", json={"kindergarten": str(one), "question": "如何观察自主游戏?"})
    await quality.database.fetch("UPDATE teacher_questions SET due_on = %s", given.TODAY - timedelta(1))
    late = await teacher.get("/v1/teacher-questions", params={"overdue": "true", "answered": "false"})
    assert len(late.json()["items"]) == 1

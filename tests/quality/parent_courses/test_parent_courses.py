"""超前伴随式家长培训: a catalogue by stage, sessions ahead of need, attendance and feedback in numbers only."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.quality.parent_courses.rules import is_ahead
from services.quality.parent_courses.schemas import ParentCoursePage, ParentSessionOut, ParentSessionPage
from shared.ids import new_id
from tests.quality import given, matrix
from tests.quality.evaluations.team import classes
from tests.stack import Service

YEAR = given.TODAY.year


@pytest.mark.parametrize(
    ("on", "month", "ahead"),
    [
        (date(2026, 8, 31), 9, True),
        (date(2026, 9, 1), 9, False),
        (date(2027, 1, 31), 2, True),
        (date(2027, 2, 1), 2, False),
        (date(2026, 12, 31), 1, True),
    ],
)
def test_a_session_is_ahead_until_the_day_before_the_need_begins(on: date, month: int, ahead: bool):
    assert is_ahead(on, 2026, month) is ahead


def course(**changes: Any) -> dict[str, Any]:
    new = {"stage": "large", "topic": "school", "title": "入学准备", "outline": "作息与自理", "needed_month": 2}
    return new | {"since": "2020-09-01"} | changes


async def offered(service: Service, **changes: Any) -> str:
    made = await service.client(given.OFFICER).post("/v1/parent-courses", json=course(**changes))
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def session(course_id: str, kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    new = {"course": course_id, "kindergarten": str(kindergarten), "school_year": YEAR, "place": "多功能厅"}
    return new | {"on": str(given.TODAY), "invited": 40} | changes


async def scheduled(service: Service, **changes: Any) -> tuple[UUID, str]:
    one, id_ = await given.kindergarten(service), await offered(service)
    teacher = service.client(("teacher", f"k:{one}"))
    made = await teacher.post("/v1/parent-sessions", json=session(id_, one, **changes))
    assert made.status_code == 201, made.text
    return one, str(made.json()["id"])


async def test_the_districts_courses_are_every_kindergartens_and_its_own_are_its_own(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    district = await offered(quality)
    mine, theirs = quality.client(("principal", f"k:{one}")), quality.client(("principal", f"k:{other}"))
    own = await mine.post("/v1/parent-courses", json=course(kindergarten=str(one), title="园本课程", stage="small"))
    assert own.status_code == 201, own.text
    assert (await mine.post("/v1/parent-courses", json=course())).status_code == 404
    page = await mine.get("/v1/parent-courses", params={"as_of": str(given.TODAY)})
    assert {each.title for each in ParentCoursePage.model_validate_json(page.content).items} == {"入学准备", "园本课程"}
    seen = (await theirs.get("/v1/parent-courses")).json()["items"]
    assert [each["id"] for each in seen] == [district]
    for path in (f"/v1/parent-courses/{district}/ends", f"/v1/parent-courses/{own.json()['id']}/ends"):
        assert (await theirs.post(path, json={"on": "2025-01-01"})).status_code == 404
    borrowed = await theirs.post("/v1/parent-sessions", json=session(own.json()["id"], other))
    assert borrowed.status_code == 404
    ended = await quality.client(given.OFFICER).post(f"/v1/parent-courses/{district}/ends", json={"on": "2025-01-01"})
    assert ended.json()["until"] == "2025-01-01"
    gone = await theirs.post("/v1/parent-sessions", json=session(district, other))
    assert (gone.status_code, gone.json()["errors"][0]["pointer"]) == (404, "/course")


async def test_a_session_counts_who_was_invited_came_and_answered(quality: Service):
    one, id_ = await scheduled(quality)
    teacher, path = quality.client(("teacher", f"k:{one}")), f"/v1/parent-sessions/{id_}"
    await teacher.post(f"{path}/enrolments", json={"enrolled": 35})
    many = await teacher.post(f"{path}/attendances", json={"attended": 41})
    assert (many.status_code, many.json()["code"]) == (409, "attended-were-invited")
    assert (await teacher.post(f"{path}/attendances", json={"attended": 30})).json()["attendance_percent"] == "75.00"
    loud = await teacher.post(f"{path}/feedbacks", json={"answers": 31, "satisfied": 31})
    assert (loud.status_code, loud.json()["code"]) == (409, "answers-come-from-who-attended")
    done = await teacher.post(f"{path}/feedbacks", json={"answers": 25, "satisfied": 24, "comments": "希望多些实例"})
    found = ParentSessionOut.model_validate_json(done.content)
    assert (found.state, found.satisfied, [each.verb for each in found.steps]) == (
        "held",
        24,
        ["enrol", "hold", "hear"],
    )
    page = await teacher.get("/v1/parent-sessions", params={"state": "held", "stage": "large"})
    assert len(ParentSessionPage.model_validate_json(page.content).items) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"on": f"{YEAR + 1}-08-31"}, 201),
        ({"on": f"{YEAR + 1}-09-01"}, 422),
        ({"on": f"{YEAR - 1}-09-01"}, 201),
        ({"on": f"{YEAR - 1}-08-31"}, 422),
        ({"invited": 0}, 422),
        ({"class_id": str(new_id())}, 404),
    ],
)
async def test_a_session_lies_in_the_year_of_its_stage_or_the_one_before(
    quality: Service, change: dict[str, Any], status: int
):
    one, id_ = await given.kindergarten(quality), await offered(quality)
    answer = await quality.client(("clerk", f"k:{one}")).post("/v1/parent-sessions", json=session(id_, one, **change))
    assert answer.status_code == status, answer.text


async def test_a_session_may_be_for_one_class(quality: Service):
    one, id_ = await given.kindergarten(quality), await offered(quality)
    await classes(quality, one, large=1)
    ((group,),) = await quality.database.fetch("SELECT id FROM classes")
    made = await quality.client(("teacher", f"k:{one}")).post(
        "/v1/parent-sessions", json=session(id_, one, class_id=str(group))
    )
    assert made.json()["class_id"] == str(group)


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, id_ = await scheduled(quality)
    grants = matrix.standing("quality.families", one).values()
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "enrol": ("enrolments", {"enrolled": 1}),
        "hold": ("attendances", {"attended": 1}),
        "cancel": ("cancellations", {"note": "停电"}),
        "hear": ("feedbacks", {"answers": 0, "satisfied": 0}),
    }
    for day in (given.TODAY, given.TODAY + timedelta(1)):
        states = {each: {"on_day": str(day)} for each in ("scheduled", "held", "cancelled")}
        wrong = await matrix.disagreements(
            quality, "parent_sessions", "/v1/parent-sessions", id_, states, bodies, grants
        )
        assert wrong == []

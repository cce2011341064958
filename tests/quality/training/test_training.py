"""Training: places are limited, hours are credited to who was there, certificates check without naming anyone."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.quality.training.rules import cycle, pace
from services.quality.training.schemas import TrainingHoursPage, TrainingPlaceOut
from shared.contracts.registry import POST_BEGAN
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        (date(2023, 1, 1), 2023, 2028),
        (date(2027, 12, 31), 2023, 2028),
        (date(2028, 1, 1), 2028, 2033),
        (date(2022, 12, 31), 2018, 2023),
    ],
)
def test_cycles_of_five_years_follow_one_another(day: date, begin: int, end: int):
    assert cycle(day, 2023, 5) == (date(begin, 1, 1), date(end, 1, 1))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2023, 1, 1), "0.2"), (date(2025, 7, 2), "180.2"), (date(2027, 12, 31), "360.0")]
)
def test_the_pace_spreads_the_hours_evenly(day: date, hours: str):
    assert pace(day, date(2023, 1, 1), date(2028, 1, 1), 360) == Decimal(hours)


def test_who_began_within_the_cycle_is_asked_for_the_days_since():
    cycle_of = (date(2023, 1, 1), date(2028, 1, 1), 360)
    assert pace(date(2026, 12, 31), *cycle_of, since=date(2026, 1, 1)) == Decimal("72.0")
    assert pace(date(2026, 12, 31), *cycle_of, since=date(2020, 9, 1)) == pace(date(2026, 12, 31), *cycle_of)


def offer(**changes: Any) -> dict[str, Any]:
    new = {
        "level": "district",
        "topic": "ethics",
        "title": "师德专题",
        "provider": "区教师研修中心",
        "posts": ["teacher"],
    }
    return new | {"on": str(given.TODAY), "hours": "6.5", "places": 2} | changes


async def offered(service: Service, **changes: Any) -> str:
    made = await service.client(given.OFFICER).post("/v1/trainings", json=offer(**changes))
    assert made.status_code == 201, made.text
    return f"/v1/trainings/{made.json()['id']}"


def seat(kindergarten: UUID, post: str = "teacher") -> dict[str, str]:
    return {"kindergarten": str(kindergarten), "post": post}


async def test_there_are_only_as_many_places_as_there_are_also_at_the_same_time(quality: Service):
    one = await given.kindergarten(quality)
    training = await offered(quality)
    principal = quality.client(("principal", f"k:{one}"))
    wish = [principal.put(f"{training}/places/{new_id()}", json=seat(one)) for _ in range(5)]
    answers = await asyncio.gather(*wish)
    assert sorted(each.status_code for each in answers) == [200, 200, 409, 409, 409]
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"training-is-full"}


async def test_enrolling_twice_takes_one_place(quality: Service):
    one, staff = await given.kindergarten(quality), new_id()
    training = await offered(quality, places=1)
    principal = quality.client(("principal", f"k:{one}"))
    for _ in range(2):
        assert (await principal.put(f"{training}/places/{staff}", json=seat(one))).status_code == 200
    assert (await principal.get("/v1/trainings")).json()["items"][0]["taken"] == 1
    cook = await principal.put(f"{training}/places/{new_id()}", json=seat(one, "kitchen"))
    assert (cook.status_code, cook.json()["code"]) == (422, "post-not-addressed")


async def test_hours_and_certificate_are_for_who_was_there(quality: Service):
    one, staff, absent = await given.kindergarten(quality), new_id(), new_id()
    training = await offered(quality)
    principal, officer = quality.client(("principal", f"k:{one}")), quality.client(given.OFFICER)
    for each in (staff, absent):
        await principal.put(f"{training}/places/{each}", json=seat(one))
    there = await officer.put(f"{training}/places/{staff}/attendance", json={"attended": True})
    found = TrainingPlaceOut.model_validate_json(there.content)
    assert (found.hours, found.certificate is not None) == (Decimal("6.5"), True)
    await officer.put(f"{training}/places/{absent}/attendance", json={"attended": False})
    rated = await principal.put(f"{training}/places/{absent}/rating", json={"rating": 5})
    assert rated.json()["code"] == "not-attended"
    police = quality.client(("police", given.DISTRICT))
    checked = (await police.get(f"/v1/training-certificates/{found.certificate}")).json()
    assert checked == {"valid": True, "title": "师德专题", "on": str(given.TODAY), "hours": "6.5"}
    assert (await police.get("/v1/training-certificates/HY2026-0")).json()["valid"] is False


async def test_nobody_was_at_a_training_of_tomorrow(quality: Service):
    one, staff = await given.kindergarten(quality), new_id()
    training = await offered(quality, on=str(given.TODAY + timedelta(1)))
    officer = quality.client(given.OFFICER)
    await officer.put(f"{training}/places/{staff}", json=seat(one))
    early = await officer.put(f"{training}/places/{staff}/attendance", json={"attended": True})
    assert early.json()["code"] == "training-not-yet-held"


async def test_qua_07_hours_are_set_against_the_pace_of_the_cycle(quality: Service):
    one, keen, idle = await given.kindergarten(quality), new_id(), new_id()
    officer = quality.client(given.OFFICER)
    for title, hours, topic in (("长训", "200", "play"), ("再训", "170", "ethics")):
        training = await offered(quality, title=title, hours=hours, topic=topic, on="2026-03-01")
        for staff in (keen, idle):
            await officer.put(f"{training}/places/{staff}", json=seat(one))
            await officer.put(f"{training}/places/{staff}/attendance", json={"attended": staff == keen})
    await offered(quality)
    answer = await officer.get("/v1/training-hours", params={"as_of": "2026-12-31", "kindergarten": str(one)})
    page = TrainingHoursPage.model_validate_json(answer.content)
    found = {each.staff: (each.hours, each.behind) for each in page.items}
    assert found == {keen: (Decimal(370), False), idle: (Decimal(0), True)}
    assert page.items[-1].by_topic == {"ethics": Decimal(170), "play": Decimal(200)}
    behind = await officer.get("/v1/training-hours", params={"as_of": "2026-12-31", "behind": "true"})
    assert [each["staff"] for each in behind.json()["items"]] == [str(idle)]
    before = await officer.get("/v1/training-hours", params={"as_of": "2026-02-28"})
    assert before.json()["items"] == []


async def test_a_kindergartens_own_training_is_its_own(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    principal, neighbour = quality.client(("principal", f"k:{one}")), quality.client(("principal", f"k:{other}"))
    own = offer(level="kindergarten", kindergarten=str(one), title="园本")
    assert (await principal.post("/v1/trainings", json=own)).status_code == 201
    assert (await principal.post("/v1/trainings", json=offer())).status_code == 404
    assert (await neighbour.post("/v1/trainings", json=own)).status_code == 404
    await offered(quality, title="区级")
    titles = [each["title"] for each in (await neighbour.get("/v1/trainings")).json()["items"]]
    assert titles == ["区级"]


def post(kindergarten: UUID, staff: UUID, since: str, until: str | None = None, **changes: Any) -> dict[str, Any]:
    fact: dict[str, Any] = {"id": str(new_id()), "person": str(staff), "kindergarten": str(kindergarten)}
    fact |= {"role": "teacher", "class_id": None, "employment": "contract", "full_time": True, "since": since}
    return fact | {"until": until, "reason_out": None, "synthetic": True, "version": 1} | changes


async def test_qua_07_who_was_never_trained_is_behind_too_and_who_left_is_asked_no_more(quality: Service):
    one, officer = await given.kindergarten(quality), quality.client(given.OFFICER)
    idle, new, gone = new_id(), new_id(), new_id()
    posts = [post(one, idle, "2019-09-01"), post(one, new, "2026-07-01"), post(one, gone, "2020-09-01", "2026-08-31")]
    for each in posts:
        await given.tell(quality, "registry", POST_BEGAN, each)
    day = date(2026, 12, 31)
    answer = await officer.get("/v1/training-hours", params={"as_of": str(day), "kindergarten": str(one)})
    page = TrainingHoursPage.model_validate_json(answer.content)
    found = {each.staff: (each.pace, each.behind, len(each.short_topics)) for each in page.items}
    term = (date(2023, 1, 1), date(2028, 1, 1), 360)
    assert found == {
        idle: (pace(day, *term), True, 4),
        new: (pace(day, *term, since=date(2026, 7, 1)), True, 4),
    }
    principal = quality.client(("principal", f"k:{one}"))
    behind = await principal.get("/v1/training-hours", params={"behind": "true", "short": "true", "as_of": str(day)})
    assert len(behind.json()["items"]) == 2


async def test_a_mandatory_topic_is_short_until_its_hours_are_full(quality: Service):
    one, staff, officer = await given.kindergarten(quality), new_id(), quality.client(given.OFFICER)
    for hours, short in (("19.5", True), ("0.5", False)):
        training = await offered(quality, hours=hours, level="city")
        await officer.put(f"{training}/places/{staff}", json=seat(one))
        await officer.put(f"{training}/places/{staff}/attendance", json={"attended": True})
        (row,) = (await officer.get("/v1/training-hours")).json()["items"]
        assert ("ethics" in row["short_topics"]) is short
    assert (row["by_topic"], row["by_level"]) == ({"ethics": "20.0"}, {"city": "20.0"})
    topics = (await officer.get("/v1/training-topics")).json()
    assert {(each["topic"], each["hours"], each["tag"]) for each in topics} >= {("ethics", 20, "illustrative")}


async def test_everybody_is_trained_post_by_post_and_says_how_it_was(quality: Service):
    one, officer = await given.kindergarten(quality), quality.client(given.OFFICER)
    staff = {"teacher": [new_id(), new_id(), new_id()], "cook": [new_id()]}
    for role, people in staff.items():
        for each in people:
            await given.tell(quality, "registry", POST_BEGAN, post(one, each, "2020-09-01", role=role))
    training = await offered(quality, places=9)
    for n, each in enumerate(staff["teacher"][:2]):
        await officer.put(f"{training}/places/{each}", json=seat(one))
        await officer.put(f"{training}/places/{each}/attendance", json={"attended": True})
        await officer.put(f"{training}/places/{each}/rating", json={"rating": 4 + n})
    (shown,) = (await officer.get("/v1/trainings")).json()["items"]
    assert (shown["taken"], shown["attended"], shown["rated"], shown["rating"]) == (2, 2, 2, 4.5)
    found = (await officer.get("/v1/training-coverage", params={"kindergarten": str(one)})).json()
    assert found == [
        {"role": "cook", "staff": 1, "trained": 0, "percent": "0.00", "hours": "0.0"},
        {"role": "teacher", "staff": 3, "trained": 2, "percent": "66.67", "hours": "4.3"},
    ]
    assert (await officer.get("/v1/training-coverage", params={"kindergarten": str(new_id())})).json() == []

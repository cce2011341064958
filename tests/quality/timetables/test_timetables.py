"""The day of a class: two hours outdoors, one of sport, three and a half to four hours between meals."""

from typing import Any
from uuid import UUID

import pytest

from services.quality.timetables.rules import Norm, Stretch, findings, overlapping
from services.quality.timetables.schemas import TimetableOut, TimetablePage
from shared.ids import new_id
from tests.quality import given
from tests.quality.evaluations.team import classes
from tests.stack import Service

NORM = Norm(outdoor=120, sport=60, meal_least=210, meal_most=240)


def day(outdoor: int, sport: int, interval: int) -> list[Stretch]:
    first = Stretch("meal", 480, 510)
    second = Stretch("meal", 510 + interval, 540 + interval)
    return [first, Stretch("outdoor", 510, 510 + outdoor), Stretch("sport", 900, 900 + sport), second]


@pytest.mark.parametrize(
    ("outdoor", "sport", "interval", "found"),
    [
        (60, 60, 210, []),
        (59, 60, 210, ["outdoor"]),
        (120, 59, 240, ["sport"]),
        (60, 60, 209, ["meal_interval"]),
        (60, 60, 241, ["meal_interval"]),
        (0, 0, 300, ["outdoor", "sport", "meal_interval"]),
    ],
)
def test_qua_08_at_each_side_of_its_boundaries(outdoor: int, sport: int, interval: int, found: list[str]):
    assert findings(day(outdoor, sport, interval), NORM) == found


def test_stretches_follow_one_another():
    assert overlapping([Stretch("play", 480, 510), Stretch("meal", 510, 540)]) == []
    assert overlapping([Stretch("play", 480, 511), Stretch("meal", 510, 540)]) == [1]
    assert overlapping([Stretch("play", 480, 480)]) == [0]


def filed(*extra: tuple[str, str, str], **changes: Any) -> dict[str, Any]:
    parts = [("arrival", "07:30", "08:00"), ("meal", "08:00", "08:30"), ("sport", "09:00", "10:00")]
    parts += [("outdoor", "10:00", "11:00"), ("meal", "12:00", "12:30"), ("rest", "12:30", "14:30"), *extra]
    return {"day": [{"kind": kind, "begin": begin, "end": end} for kind, begin, end in parts]} | changes


async def group(service: Service) -> tuple[UUID, UUID]:
    one = await given.kindergarten(service)
    await classes(service, one, small=1)
    ((id_,),) = await service.database.fetch("SELECT id FROM classes WHERE kindergarten = %s", one)
    return one, id_


async def test_a_day_is_filed_checked_and_replaced(quality: Service):
    one, class_id = await group(quality)
    principal = quality.client(("principal", f"k:{one}"))
    path = f"/v1/timetables/{class_id}/summer"
    made = await principal.put(path, json=filed())
    assert made.status_code == 200, made.text
    found = TimetableOut.model_validate_json(made.content)
    assert (found.outdoor_minutes, found.sport_minutes, found.findings) == (120, 60, [])
    again = await principal.put(path, json=filed(boarding=True))
    assert again.json()["findings"] == ["outdoor"]
    page = await principal.get("/v1/timetables", params={"sound": "false"})
    assert [each.class_id for each in TimetablePage.model_validate_json(page.content).items] == [class_id]
    assert (await principal.get("/v1/timetables", params={"sound": "true"})).json()["items"] == []


async def test_a_day_that_cannot_be_is_refused(quality: Service):
    one, class_id = await group(quality)
    principal = quality.client(("principal", f"k:{one}"))
    overlap = await principal.put(f"/v1/timetables/{class_id}/summer", json=filed(("play", "14:00", "15:00")))
    assert (overlap.status_code, overlap.json()["errors"][0]["pointer"]) == (422, "/day/6")
    clock = await principal.put(f"/v1/timetables/{class_id}/summer", json=filed(("play", "24:00", "25:00")))
    assert clock.status_code == 422
    assert (await principal.put(f"/v1/timetables/{new_id()}/summer", json=filed())).status_code == 404
    _, elsewhere = await group(quality)
    assert (await principal.put(f"/v1/timetables/{elsewhere}/summer", json=filed())).status_code == 404


def exact(sport: str, outdoor: str, meal: str) -> list[dict[str, str]]:
    parts = [
        ("meal", "08:00", "08:30"),
        ("sport", "09:00", sport),
        ("outdoor", "10:00", outdoor),
        ("meal", meal, "12:40"),
    ]
    return [{"kind": kind, "begin": begin, "end": end} for kind, begin, end in parts]


@pytest.mark.parametrize(
    ("day_seen", "boarding", "minutes", "found"),
    [
        (exact("10:00", "11:00", "12:00"), False, (120, 60), []),
        (exact("10:00", "10:59", "12:00"), False, (119, 60), ["outdoor"]),
        (exact("09:59", "11:01", "12:00"), False, (120, 59), ["sport"]),
        (exact("10:00", "11:00", "11:59"), False, (120, 60), ["meal_interval"]),
        (exact("10:00", "11:00", "12:30"), False, (120, 60), []),
        (exact("10:00", "11:00", "12:31"), False, (120, 60), ["meal_interval"]),
        (
            [*exact("10:00", "11:00", "12:00"), {"kind": "outdoor", "begin": "15:00", "end": "16:00"}],
            True,
            (180, 60),
            [],
        ),
        (
            [*exact("10:00", "11:00", "12:00"), {"kind": "outdoor", "begin": "15:00", "end": "15:59"}],
            True,
            (179, 60),
            ["outdoor"],
        ),
    ],
)
async def test_qua_08_of_a_filed_day_at_each_side(
    quality: Service,
    day_seen: list[dict[str, str]],
    boarding: bool,
    minutes: tuple[int, int],
    found: list[str],
):
    one, class_id = await group(quality)
    principal = quality.client(("principal", f"k:{one}"))
    made = await principal.put(f"/v1/timetables/{class_id}/winter", json={"day": day_seen, "boarding": boarding})
    shown = TimetableOut.model_validate_json(made.content)
    assert ((shown.outdoor_minutes, shown.sport_minutes), shown.findings) == (minutes, found)
    sound = await principal.get("/v1/timetables", params={"sound": "false"})
    assert len(sound.json()["items"]) == bool(found)

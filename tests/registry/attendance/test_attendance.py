"""考勤: by half days, of those who are in the class that day, on days the kindergarten is open."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.registry.ages.rules import school_year
from services.registry.attendance.rules import days_of, month_after, month_of
from services.registry.attendance.schemas import AttendanceDay, AttendancePage, CalendarMonth, ChildAttendance
from shared.contracts.registry import AttendanceFact
from shared.ids import new_id
from shared.workdays import is_working_day
from tests.registry import given
from tests.stack import Service

DAY = timedelta(1)
LAST = month_of(month_of(given.TODAY) - DAY)  # the month before this one
OPEN = [day for day in days_of(LAST) if is_working_day(day)]
REST = next(day for day in days_of(LAST) if not is_working_day(day))
YEAR = school_year(LAST)
PRESENT = {"morning": "present", "afternoon": "present"}
REGISTRAR = ("registrar", given.DISTRICT)


async def room_of(registry: Service, children: int = 2) -> tuple[UUID, UUID, list[UUID]]:
    """A kindergarten, a class of last month's school year, and its children."""
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten, year=YEAR)
    return kindergarten, room, sorted(await given.pupils(registry, room, children))


async def take(client: httpx.AsyncClient, room: UUID, day: date, *marks: dict[str, str], **more: Any) -> httpx.Response:
    return await client.put(f"/v1/classes/{room}/attendance/{day}", json={"marks": marks} | more)


def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(each["pointer"], each["code"]) for each in answer.json()["errors"]]


async def test_a_teacher_takes_a_day_with_one_request(registry: Service):
    kindergarten, room, (first, second) = await room_of(registry)
    teacher = registry.client(("teacher", f"k:{kindergarten}"))
    sick = {"child": str(second), "morning": "present", "afternoon": "sick"}
    answer = await take(teacher, room, OPEN[0], sick, others=PRESENT)
    assert answer.status_code == 200, answer.text
    taken = AttendanceDay.model_validate_json(answer.content)
    assert (taken.taken, taken.open, taken.writable) == (True, True, True)
    assert [(each.child, each.morning, each.afternoon) for each in taken.marks] == [
        (first, "present", "present"),
        (second, "present", "sick"),
    ]
    assert (await teacher.get(f"/v1/classes/{room}/attendance/{OPEN[0]}")).json() == answer.json()
    month = await teacher.get(f"/v1/children/{second}/attendance", params={"month": str(LAST)})
    found = ChildAttendance.model_validate_json(month.content)
    assert [(each.day, each.morning, each.afternoon) for each in found.days] == [(OPEN[0], "present", "sick")]


async def test_a_day_nobody_took_is_blank(registry: Service):
    kindergarten, room, (first, second) = await room_of(registry)
    answer = await registry.client(("principal", f"k:{kindergarten}")).get(f"/v1/classes/{room}/attendance/{OPEN[0]}")
    assert answer.json()["taken"] is False
    assert answer.json()["marks"] == [
        {"child": str(each), "morning": None, "afternoon": None} for each in (first, second)
    ]


async def test_taking_it_again_the_same_way_changes_and_announces_nothing(registry: Service):
    _, room, (first, _) = await room_of(registry)
    client = registry.client(REGISTRAR)
    mark = {"child": str(first), "morning": "leave", "afternoon": "leave"}
    answers = [await take(client, room, OPEN[1], mark, others=PRESENT) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    events = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.attendance.taken'")
    assert len(events) == 1
    fact = AttendanceFact.model_validate(events[0][0])
    assert [(each.day, each.children, each.half_days) for each in fact.days] == [
        (OPEN[1], 2, {"leave": 2, "present": 2})
    ]
    assert await registry.database.fetch("SELECT count(*) FROM row_history WHERE table_name ^@ 'attendance'") == [(0,)]


async def test_a_correction_is_kept_beside_what_it_corrects(registry: Service):
    _, room, (first, _) = await room_of(registry)
    client = registry.client(REGISTRAR)
    await take(client, room, OPEN[0], others=PRESENT)
    await take(client, room, OPEN[1], others=PRESENT)
    absent = {"child": str(first), "morning": "absent", "afternoon": "absent"}
    assert (await take(client, room, OPEN[0], absent, others=PRESENT)).status_code == 200
    found = await registry.database.fetch(
        "SELECT row_id, actor, before->>'marks' FROM row_history WHERE table_name ^@ 'attendance'"
    )
    assert [(child, actor) for child, actor, _ in found] == [(str(first), "registrar@110116")]
    at = 2 * (OPEN[0].day - 1)
    assert found[0][2][at : at + 2] == "PP"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"marks": []}, [("/others", "attendance-child-missing")]),
        ({"marks": ["first"]}, [("/others", "attendance-child-missing")]),
        ({"marks": ["first", "first", "second"]}, [("/marks/1/child", "attendance-child-named-twice")]),
        ({"marks": ["stranger"], "others": PRESENT}, [("/marks/0/child", "child-not-in-the-class")]),
    ],
)
async def test_a_day_names_every_child_of_the_class_once(registry: Service, change: dict[str, Any], expected: Any):
    _, room, (first, second) = await room_of(registry)
    who = {"first": first, "second": second, "stranger": await given.child(registry)}
    sent = change | {"marks": [PRESENT | {"child": str(who[name])} for name in change["marks"]]}
    answer = await registry.client(REGISTRAR).put(f"/v1/classes/{room}/attendance/{OPEN[0]}", json=sent)
    assert answer.status_code == 422
    assert codes(answer) == expected


async def test_neither_a_closed_day_nor_a_day_to_come_has_attendance(registry: Service):
    kindergarten, room, _ = await room_of(registry)
    client = registry.client(REGISTRAR)
    assert codes(await take(client, room, REST, others=PRESENT)) == [("day", "attendance-on-a-closed-day")]
    answer = await take(client, room, given.TODAY + DAY, others=PRESENT)
    assert codes(answer) == [("day", "attendance-in-the-future")]
    entry = {"since": str(REST), "until": str(REST + DAY), "open": True, "reason": "调休"}
    opened = await client.post(f"/v1/kindergartens/{kindergarten}/calendar", json=entry)
    assert opened.status_code == 200, opened.text
    assert (await take(client, room, REST, others=PRESENT)).status_code == 200
    closed = await client.post(f"/v1/kindergartens/{kindergarten}/calendar", json=entry | {"open": False})
    assert (closed.status_code, closed.json()["code"]) == (409, "day-has-attendance")


async def test_a_vacation_closes_the_kindergarten(registry: Service):
    kindergarten, room, _ = await room_of(registry)
    client = registry.client(("clerk", f"k:{kindergarten}"))
    entry = {"since": str(LAST), "until": str(month_after(LAST)), "open": False, "reason": "寒假"}
    answer = await client.post(f"/v1/kindergartens/{kindergarten}/calendar", json=entry)
    assert CalendarMonth.model_validate_json(answer.content).open_days == 0
    assert codes(await take(client, room, OPEN[0], others=PRESENT)) == [("day", "attendance-on-a-closed-day")]
    params = {"month": str(LAST + 5 * DAY)}
    read = await client.get(f"/v1/kindergartens/{kindergarten}/calendar", params=params)
    assert read.json() == answer.json()
    told = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.calendar.changed'")
    assert [data for (data,) in told] == [entry | {"kindergarten": str(kindergarten)}]


async def test_a_suspended_kindergarten_is_closed_whatever_its_calendar_says(registry: Service):
    kindergarten = await given.kindergarten(registry, status="suspended")
    room = await given.class_(registry, kindergarten, year=YEAR)
    await given.pupils(registry, room, 1)
    answer = await take(registry.client(REGISTRAR), room, OPEN[0], others=PRESENT)
    assert codes(answer) == [("day", "attendance-on-a-closed-day")]


async def test_only_who_is_in_the_class_that_day_is_on_its_sheet(registry: Service):
    kindergarten, room, (stays,) = await room_of(registry, 1)
    other = await given.class_(registry, kindergarten, year=YEAR)
    leaves = await given.child(registry)
    since = date(YEAR, 9, 1)
    await given.enrolment(registry, leaves, room, until=OPEN[5], reason_out="regrouping")
    await given.enrolment(
        registry,
        leaves,
        other,
        since=OPEN[5],
        previous_until=OPEN[5],
        reason_in="regrouping",
        until=OPEN[9],
    )
    client = registry.client(REGISTRAR)
    assert since <= OPEN[0]
    for day, here, there in (
        (OPEN[4], {stays, leaves}, set()),
        (OPEN[5], {stays}, {leaves}),
        (OPEN[9], {stays}, set()),
    ):
        for place, expected in ((room, here), (other, there)):
            answer = await take(client, place, day, others=PRESENT)
            assert answer.status_code == 200, answer.text
            assert {UUID(each["child"]) for each in answer.json()["marks"]} == expected
    answer = await client.get(f"/v1/children/{leaves}/attendance", params={"month": str(LAST)})
    assert [(each["day"], each["class_id"]) for each in answer.json()["days"]] == [
        (str(OPEN[4]), str(room)),
        (str(OPEN[5]), str(other)),
    ]


async def test_a_month_is_taken_at_once_or_not_at_all(registry: Service):
    _, room, (first, second) = await room_of(registry)
    client = registry.client(REGISTRAR)
    address, params = f"/v1/classes/{room}/attendance", {"month": str(LAST)}
    days: list[dict[str, Any]] = [{"day": str(day), "others": PRESENT} for day in OPEN]
    days[3]["marks"] = [{"child": str(second), "morning": "isolated", "afternoon": "isolated"}]
    stranger = PRESENT | {"child": str(new_id())}
    faulty = [
        *days,
        {"day": str(REST), "others": PRESENT},
        {"day": str(OPEN[0]), "others": PRESENT},
        {"day": str(month_after(LAST)), "others": PRESENT},
    ]
    faulty[1] = faulty[1] | {"marks": [stranger]}
    answer = await client.put(address, params=params, json={"days": faulty})
    count = len(days)
    assert codes(answer) == [
        ("/days/1/marks/0/child", "child-not-in-the-class"),
        (f"/days/{count}/day", "attendance-on-a-closed-day"),
        (f"/days/{count + 1}/day", "attendance-day-named-twice"),
        (f"/days/{count + 2}/day", "attendance-of-another-month"),
    ]
    assert await registry.database.fetch("SELECT count(*) FROM attendance") == [(0,)]
    answer = await client.put(address, params=params, json={"days": days})
    assert answer.status_code == 200, answer.text
    assert [each["day"] for each in answer.json()["days"]] == [str(day) for day in OPEN]
    listed = await client.get("/v1/attendance", params={"month": str(OPEN[7]), "class_id": str(room)})
    rows = AttendancePage.model_validate_json(listed.content).items
    assert [(row.child, row.present, row.isolated) for row in rows] == [
        (first, 2 * count, 0),
        (second, 2 * count - 2, 2),
    ]


@pytest.mark.parametrize("accept", ["text/csv", "application/x-ndjson"])
async def test_attendance_is_exported(registry: Service, accept: str):
    _, room, _ = await room_of(registry)
    client = registry.client(REGISTRAR)
    await take(client, room, OPEN[0], others=PRESENT)
    answer = await client.get("/v1/attendance", params={"month": str(LAST)}, headers={"Accept": accept})
    assert answer.text.count(str(room)) == 2


async def test_a_kindergarten_sees_and_takes_its_own_only(registry: Service):
    _, room, (child, _) = await room_of(registry)
    await take(registry.client(REGISTRAR), room, OPEN[0], others=PRESENT)
    stranger = registry.client(("teacher", f"k:{await given.kindergarten(registry)}"))
    assert (await take(stranger, room, OPEN[0], others=PRESENT)).status_code == 404
    assert (await stranger.get(f"/v1/classes/{room}/attendance/{OPEN[0]}")).status_code == 404
    params = {"month": str(LAST)}
    assert (await stranger.get(f"/v1/children/{child}/attendance", params=params)).status_code == 404
    assert (await stranger.get("/v1/attendance", params=params)).json()["items"] == []
    leader = registry.client(("leader", given.DISTRICT))
    assert (await leader.get("/v1/attendance", params=params)).status_code == 403


async def test_a_child_with_attendance_is_not_removed(registry: Service):
    _, room, (child, _) = await room_of(registry)
    await take(registry.client(REGISTRAR), room, OPEN[0], others=PRESENT)
    with pytest.raises(Exception, match="child_has_attendance"):
        await registry.database.fetch("DELETE FROM enrolments; DELETE FROM children")
    assert child


async def test_attendance_moves_with_its_kindergarten(registry: Service):
    kindergarten, room, _ = await room_of(registry)
    await take(registry.client(REGISTRAR), room, OPEN[0], others=PRESENT)
    await registry.database.fetch(
        "UPDATE kindergartens SET division = %s WHERE id = %s", given.OTHER_VILLAGE, kindergarten
    )
    assert await registry.database.fetch("SELECT DISTINCT division FROM attendance") == [(given.OTHER_VILLAGE,)]
    assert await registry.database.fetch("SELECT count(*) FROM row_history WHERE table_name ^@ 'attendance'") == [(0,)]


async def rows(client: httpx.AsyncClient, kindergarten: UUID, marks: dict[UUID, str]) -> httpx.Response:
    sent = {"rows": [{"child": str(child), "marks": each} for child, each in marks.items()]}
    return await client.put(f"/v1/kindergartens/{kindergarten}/attendance", params={"month": str(LAST)}, json=sent)


def marks_on(days: list[date], letter: str = "P") -> str:
    numbers = {day.day for day in days}
    return "".join(letter * 2 if number in numbers else "__" for number in range(1, 32))


async def test_a_month_of_a_kindergarten_is_one_request(registry: Service):
    kindergarten, room, (first, second) = await room_of(registry)
    teacher = registry.client(("teacher", f"k:{kindergarten}"))
    answer = await rows(teacher, kindergarten, {first: marks_on(OPEN), second: marks_on(OPEN[:3], "S")})
    assert (answer.status_code, answer.json()) == (200, {"changed": 2})
    assert (await rows(teacher, kindergarten, {first: marks_on(OPEN[:1])})).json() == {"changed": 0}
    assert (await rows(teacher, kindergarten, {second: marks_on(OPEN[3:])})).json() == {"changed": 1}
    listed = (await teacher.get("/v1/attendance", params={"month": str(LAST)})).json()["items"]
    assert [(each["child"], each["present"], each["sick"]) for each in listed] == [
        (str(first), 2 * len(OPEN), 0),
        (str(second), 2 * len(OPEN) - 6, 6),
    ]
    events = await registry.database.fetch(
        "SELECT subject, data FROM events WHERE type = 'registry.attendance.taken' ORDER BY seq"
    )
    assert {subject for subject, _ in events} == {f"classes/{room}/attendance"}
    assert [len(AttendanceFact.model_validate(data).days) for _, data in events] == [len(OPEN), len(OPEN) - 3]
    first_day = AttendanceFact.model_validate(events[0][1]).days[0]
    assert (first_day.children, first_day.half_days) == (2, {"present": 2, "sick": 2})


async def test_each_class_gets_the_days_its_child_was_there(registry: Service):
    kindergarten, room, _ = await room_of(registry, 0)
    other = await given.class_(registry, kindergarten, year=YEAR)
    child, moves = await given.child(registry), OPEN[5]
    await given.enrolment(registry, child, room, until=moves, reason_out="regrouping")
    await given.enrolment(registry, child, other, since=moves, previous_until=moves, reason_in="regrouping")
    assert (await rows(registry.client(REGISTRAR), kindergarten, {child: marks_on(OPEN)})).json() == {"changed": 2}
    found = dict(await registry.database.fetch("SELECT class_id, marks FROM attendance"))
    assert found == {room: marks_on(OPEN[:5]), other: marks_on(OPEN[5:])}


async def test_what_does_not_fit_is_named_row_by_row(registry: Service):
    kindergarten, _, (first, second) = await room_of(registry)
    stranger = await given.child(registry)
    client = registry.client(REGISTRAR)
    marks = {first: marks_on([REST]), second: marks_on(OPEN), stranger: marks_on(OPEN)}
    answer = await rows(client, kindergarten, marks)
    assert codes(answer) == [
        ("/rows/0/marks", "attendance-mark-out-of-place"),
        ("/rows/2/child", "child-not-in-the-class"),
    ]
    assert (await rows(client, kindergarten, {first: "P" * 61})).status_code == 422
    assert (await rows(client, new_id(), {first: marks_on(OPEN)})).status_code == 404
    strange = registry.client(("clerk", f"k:{await given.kindergarten(registry)}"))
    assert (await rows(strange, kindergarten, {first: marks_on(OPEN)})).status_code == 404
    assert await registry.database.fetch("SELECT count(*) FROM attendance") == [(0,)]

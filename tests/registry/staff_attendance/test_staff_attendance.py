"""教职工考勤: by half days, corrected until the month is certified, and certified with it."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.registry.headcounts.schemas import HeadcountDetail, HeadcountPreview
from services.registry.staff_attendance.schemas import (
    PersonAttendance,
    StaffAttendanceDay,
    StaffAttendancePage,
    StaffPresence,
)
from shared.ids import new_id
from tests.registry import given
from tests.registry.headcounts.test_headcounts import LAST, OPEN, PRESENT, SICK, YEAR, Place
from tests.registry.staff import people
from tests.stack import Service

DAY = timedelta(1)


class Staffed(Place):
    """A place with a class teacher, a childcare worker and a cook who left."""

    teacher: UUID
    carer: UUID
    cook: UUID

    async def sheet(
        self, day: Any, *marks: dict[str, str], class_id: UUID | None = None, **more: Any
    ) -> httpx.Response:
        params = {"class_id": str(class_id)} if class_id else {}
        url = f"/v1/kindergartens/{self.id}/staff-attendance/{day}"
        return await self.clerk.put(url, json={"marks": marks} | more, params=params)

    async def rows(self, marks: dict[UUID, str]) -> httpx.Response:
        rows = [{"person": str(person), "marks": each} for person, each in marks.items()]
        url = f"/v1/kindergartens/{self.id}/staff-attendance"
        return await self.clerk.put(url, json={"rows": rows}, params={"month": str(LAST)})


@pytest.fixture
async def place(registry: Service) -> Staffed:
    key = await given.kindergarten(registry)
    room = await given.class_(registry, key, kind="mixed", year=YEAR)
    made = Staffed(registry, key, room, await given.pupils(registry, room, 3))
    made.teacher, made.carer, made.cook = [
        await people.person(registry, key, name=name) for name in ("张老师(演示)", "李保育(演示)", "王师傅(演示)")
    ]
    await people.post(registry, made.teacher, key, role="teacher", class_id=room)
    await people.post(registry, made.carer, key, role="childcare")
    await people.post(registry, made.cook, key, role="cook", until=OPEN[2])
    return made


def month(letters: str, days: int = 31) -> str:
    """A month of marks: the same two letters on each open day."""
    marks = "_" * 62
    for day in OPEN[:days]:
        at = 2 * (day.day - 1)
        marks = marks[:at] + letters + marks[at + 2 :]
    return marks


def named(person: UUID, morning: str = "present", afternoon: str = "sick") -> dict[str, str]:
    return {"person": str(person), "morning": morning, "afternoon": afternoon}


def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(each["pointer"], each["code"]) for each in answer.json()["errors"]]


async def test_a_clerk_takes_a_day_of_everyone_in_post_with_one_request(place: Staffed):
    answer = await place.sheet(OPEN[0], named(place.carer), others=PRESENT)
    assert answer.status_code == 200, answer.text
    found = StaffAttendanceDay.model_validate_json(answer.content)
    assert (found.taken, found.open, found.writable, len(found.marks)) == (True, True, True, 3)
    assert {each.person: each.afternoon for each in found.marks} == {
        place.teacher: "present",
        place.carer: "sick",
        place.cook: "present",
    }
    again = await place.sheet(OPEN[0], named(place.carer), others=PRESENT)
    assert again.json() == answer.json()
    told = await place.registry.database.fetch(
        "SELECT data->>'people', data::text FROM events WHERE type = 'registry.staff_attendance.taken'"
    )
    assert [number for number, _ in told] == ["3"]
    assert str(place.carer) not in told[0][1]
    later = await place.sheet(OPEN[2], others=PRESENT)
    assert len(later.json()["marks"]) == 2


async def test_one_class_can_be_taken_alone(place: Staffed):
    answer = await place.sheet(OPEN[0], class_id=place.room, others=PRESENT)
    assert [each["person"] for each in answer.json()["marks"]] == [str(place.teacher)]
    wrong = await place.sheet(OPEN[0], named(place.carer), class_id=place.room, others=PRESENT)
    assert codes(wrong) == [("/marks/0/person", "person-not-in-post")]
    whole = await place.clerk.get(f"/v1/kindergartens/{place.id}/staff-attendance/{OPEN[0]}")
    assert whole.json()["taken"] is False


async def test_every_fault_of_a_day_is_named(place: Staffed):
    wrong = await place.sheet(OPEN[0], named(place.carer), named(place.carer), named(new_id()))
    assert wrong.status_code == 422
    assert codes(wrong) == [
        ("/marks/1/person", "staff-named-twice"),
        ("/marks/2/person", "person-not-in-post"),
        ("/others", "staff-missing"),
    ]
    assert codes(await place.sheet(given.TODAY + DAY, others=PRESENT)) == [("day", "attendance-in-the-future")]
    await place.clerk.post(
        f"/v1/kindergartens/{place.id}/calendar",
        json={"since": str(OPEN[1]), "until": str(OPEN[1] + DAY), "open": False, "reason": "停电"},
    )
    assert codes(await place.sheet(OPEN[1], others=PRESENT)) == [("day", "attendance-on-a-closed-day")]


async def test_a_month_in_bulk_is_stored_whole_or_not_at_all(place: Staffed):
    sent = {place.teacher: month("PP"), place.cook: month("PP")}
    wrong = await place.rows(sent | {new_id(): month("PP")})
    assert codes(wrong) == [("/rows/1/marks", "staff-mark-out-of-place"), ("/rows/2/person", "person-not-in-post")]
    assert (await place.rows(sent | {place.cook: month("PP", 2)})).json() == {"changed": 2}
    assert (await place.rows({place.teacher: month("PP")})).json() == {"changed": 0}
    listed = await place.clerk.get("/v1/staff-attendance", params={"month": str(LAST)})
    items = StaffAttendancePage.model_validate_json(listed.content).items
    assert {each.person: each.present for each in items} == {place.teacher: 2 * len(OPEN), place.cook: 4}
    mine = await place.clerk.get(f"/v1/staff/{place.cook}/attendance", params={"month": str(LAST)})
    assert [each.day for each in PersonAttendance.model_validate_json(mine.content).days] == OPEN[:2]


async def test_a_correction_is_kept_in_the_history_and_a_first_taking_is_none(place: Staffed):
    await place.sheet(OPEN[0], others=PRESENT)
    await place.sheet(OPEN[1], others=PRESENT)
    query = "SELECT count(*) FROM row_history WHERE table_name = 'staff_attendance'"
    assert await place.registry.database.fetch(query) == [(0,)]
    await place.sheet(OPEN[0], named(place.teacher, "sick", "sick"), others=PRESENT)
    assert await place.registry.database.fetch(query) == [(1,)]


async def test_the_certified_month_holds_the_staff_as_evidence_and_locks_it(place: Staffed):
    await place.take()
    bare = HeadcountPreview.model_validate_json((await place.prepare(preview=True)).content)
    assert bare.staff is None
    await place.rows({place.teacher: month("PP"), place.carer: month("PS"), place.cook: month("PP", 2)})
    found = await place.certified()
    assert found.staff is not None
    halves = 2 * len(OPEN) + len(OPEN) + 4
    assert (found.staff.staff, found.staff.carers, found.staff.half_days, found.staff.missing) == (2, 2, halves, 0)
    assert found.staff.carer_half_days == 3 * len(OPEN)
    assert found.hash == recomputed(found) != bare.hash
    ((roll,),) = await place.registry.database.fetch("SELECT staff->'roll' FROM headcounts")
    lines = "\n".join(" ".join(map(str, each)) for each in roll)
    assert hashlib.sha256(lines.encode()).hexdigest() == found.staff.roll_hash
    locked = await place.sheet(OPEN[0], named(place.teacher, "absent", "absent"), others=PRESENT)
    assert (locked.status_code, locked.json()["code"]) == (409, "month-is-certified")
    assert (await place.rows({place.teacher: month("SS")})).json()["code"] == "month-is-certified"
    day = (await place.clerk.get(f"/v1/kindergartens/{place.id}/staff-attendance/{OPEN[0]}")).json()
    assert (day["writable"], day["taken"]) == (False, True)
    opened = await place.step(found.id, "corrections", place.clerk, reason="漏登病假")
    assert opened.status_code == 201, opened.text
    assert (await place.sheet(OPEN[0], named(place.carer, "sick", "sick"), others=PRESENT)).status_code == 200
    again = await place.certified()
    assert again.staff is not None
    assert (again.revision, again.staff.half_days, again.previous_hash) == (2, halves - 1, found.hash)


def recomputed(found: HeadcountDetail) -> str:
    """The hash as anyone can compute it from what the API answers."""
    assert found.staff is not None
    head = ["headcount 1", found.kindergarten, found.month, found.revision, found.count_day, found.open_days]
    lines = [
        f"{each.class_id} {each.kind.value} {each.children} {each.last_year_children} {each.half_days} {each.roll_hash}"
        for each in sorted(found.classes, key=lambda each: str(each.class_id))
    ]
    lines.append(" ".join(["staff", *map(str, found.staff.model_dump().values())]))
    text = "\n".join([*map(str, head), found.previous_hash or "-", *lines])
    return hashlib.sha256(text.encode()).hexdigest()


async def test_what_changes_between_two_people_is_not_certified(place: Staffed):
    await place.take()
    await place.rows({place.teacher: month("PP")})
    made = await place.prepare()
    await place.rows({place.teacher: month("SS")})
    refused = await place.step(made.json()["id"], "certifications", place.principal)
    assert (refused.status_code, refused.json()["code"]) == (409, "headcount-has-changed")
    assert [each["half_days"] for each in refused.json()["staff"]] == [2 * len(OPEN), 0]


async def test_the_ratio_as_lived_is_shown_day_by_day(place: Staffed):
    await place.take(OPEN[:2])
    more = await given.pupils(place.registry, place.room, 6)
    assert len(more) == 6
    sent = {"days": [{"day": str(OPEN[1]), "others": PRESENT}]}
    params = {"month": str(LAST)}
    await place.clerk.put(f"/v1/classes/{place.room}/attendance", params=params, json=sent)
    await place.rows({place.teacher: month("PP", 2), place.cook: month("PP", 2)})
    answer = await place.clerk.get(f"/v1/kindergartens/{place.id}/staff-presence", params=params)
    found = StaffPresence.model_validate_json(answer.content)
    assert [(each.children_half_days, each.staff_half_days, each.carer_half_days) for each in found.days] == [
        (6, 4, 2),
        (18, 4, 2),
    ]
    assert [(each.children_per_staff, each.children_per_carer, each.short) for each in found.days] == [
        ("1.50", "3.00", False),
        ("4.50", "9.00", False),
    ]
    await given.pupils(place.registry, place.room, 1)
    await place.clerk.put(f"/v1/classes/{place.room}/attendance", params=params, json=sent)
    answer = await place.clerk.get(f"/v1/kindergartens/{place.id}/staff-presence", params=params)
    assert [each.short for each in StaffPresence.model_validate_json(answer.content).days] == [False, True]


async def test_who_was_ill_is_known_to_who_keeps_the_records(place: Staffed):
    await place.sheet(OPEN[0], named(place.carer, "sick", "sick"), others=PRESENT)
    url = f"/v1/kindergartens/{place.id}/staff-attendance/{OPEN[0]}"
    for grant, code in (
        (("teacher", f"k:{place.id}"), 403),
        (("town_officer", given.TOWN), 403),
        (("auditor", given.DISTRICT), 200),
        (("clerk", f"k:{new_id()}"), 404),
    ):
        assert (await place.registry.client(grant).get(url)).status_code == code
    auditor = place.registry.client(("auditor", given.DISTRICT))
    assert (await auditor.put(url, json={"others": SICK})).status_code == 403
    elsewhere = place.registry.client(("auditor", given.OTHER_TOWN))
    assert (await elsewhere.get("/v1/staff-attendance", params={"month": str(LAST)})).json()["items"] == []
    town = place.registry.client(("town_officer", given.TOWN))
    presence = f"/v1/kindergartens/{place.id}/staff-presence"
    assert (await town.get(presence, params={"month": str(LAST)})).status_code == 200

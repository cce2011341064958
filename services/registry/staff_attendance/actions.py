"""Taking and correcting staff attendance. Who takes it holds the classes, as who certifies the month does."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.calendar import calendar_of
from services.registry.attendance.queries import HOLD_CLASSES
from services.registry.attendance.rules import (
    BLANK,
    Halves,
    Sheet,
    day_finding,
    day_mask,
    fill,
    laid_over,
    marks_of,
    month_after,
    month_of,
    within,
)
from services.registry.kindergartens.models import Kindergarten
from services.registry.refusals import faults_at, refuse
from services.registry.staff_attendance.queries import SERVICES, STORE, TAKEN
from services.registry.staff_attendance.rules import (
    NOT_IN_POST,
    OUT_OF_PLACE,
    PERSON_TWICE,
    Service,
    people_on,
    sheet_findings,
)
from services.registry.staff_attendance.schemas import StaffAttendanceRow, StaffAttendanceSheet
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce

TAKEN_EVENT = "registry.staff_attendance.taken"


async def take_staff_attendance(
    session: AsyncSession, id: UUID, day: date, sent: StaffAttendanceSheet, class_id: UUID | None
) -> None:
    """Store a day of everyone in post, or of the staff of one class.

    Said again the same way it changes nothing; said otherwise it corrects. Raises NotFound, InvalidInput with every
    fault; constraint month_is_certified.
    """
    month = month_of(day)
    open_days = await _held(session, id, month)
    if wrong := day_finding(day, month, today(), open_days):
        refuse(faults_at("day", [wrong]))
    there = people_on(await services_of(session, id, month, class_id), day)
    sheet = Sheet(day, tuple((each.person, _halves(each)) for each in sent.marks), _others(sent))
    faults: list[Fault] = []
    for place, finding in sheet_findings(sheet, there):
        faults += faults_at("/others" if place is None else f"/marks/{place}/person", [finding])
    refuse(faults)
    before = await taken(session, id, month)
    after = {
        person: laid_over(before.get(person, BLANK), day, halves) for person, halves in marks_of(sheet, there).items()
    }
    await _store(session, id, month, before, after)


async def take_staff_rows(session: AsyncSession, id: UUID, month: date, rows: Sequence[StaffAttendanceRow]) -> int:
    """Store what is said of each person in a month; a blank half day stays as it is. Returns how many rows changed.

    Raises NotFound, InvalidInput with every fault; constraint month_is_certified.
    """
    open_days = [day for day in await _held(session, id, month) if day <= today()]
    posts: dict[UUID, list[Service]] = defaultdict(list)
    for each in await services_of(session, id, month):
        posts[each.person].append(each)
    faults: list[Fault] = []
    sent: dict[UUID, str] = {}
    for number, row in enumerate(rows):
        if row.person not in posts or row.person in sent:
            wrong = PERSON_TWICE if row.person in sent else NOT_IN_POST
            faults += faults_at(f"/rows/{number}/person", [wrong])
            continue
        mine = [day for day in open_days if any(post.on(day) for post in posts[row.person])]
        sent[row.person], left = within(row.marks, day_mask(mine))
        if left != BLANK:
            faults += faults_at(f"/rows/{number}/marks", [OUT_OF_PLACE])
    refuse(faults)
    before = await taken(session, id, month)
    after = {person: fill(marks, before.get(person, BLANK)) for person, marks in sent.items() if marks != BLANK}
    return await _store(session, id, month, before, after)


async def _held(session: AsyncSession, id: UUID, month: date) -> frozenset[date]:
    """The open days of the month, the classes of the kindergarten held. Raises NotFound."""
    await session.execute(HOLD_CLASSES, {"kindergarten": id, "since": month, "until": month_after(month)})
    return (await calendar_of(session, id, month)).open


async def services_of(session: AsyncSession, id: UUID, month: date, class_id: UUID | None = None) -> Sequence[Service]:
    """The posts of a month."""
    asked = {"kindergarten": id, "month": month, "after": month_after(month), "class_id": class_id}
    return [Service(*row) for row in await session.execute(SERVICES, asked)]


async def taken(session: AsyncSession, id: UUID, month: date) -> dict[UUID, str]:
    """The marks of a month by person."""
    return {row.person: row.marks for row in await session.execute(TAKEN, {"kindergarten": id, "month": month})}


def _halves(sent: Any) -> Halves:
    return Halves(sent.morning, sent.afternoon)


def _others(sent: StaffAttendanceSheet) -> Halves | None:
    return _halves(sent.others) if sent.others else None


async def _store(session: AsyncSession, id: UUID, month: date, before: dict[UUID, str], after: dict[UUID, str]) -> int:
    """Store what differs and tell how many people, never who."""
    changed = {person: marks for person, marks in after.items() if before.get(person) != marks}
    if changed:
        asked = {"kindergarten": id, "month": month}
        await session.execute(STORE, asked | {"people": list(changed), "marks": list(changed.values())})
        entry = await session.get(Kindergarten, id)
        if entry is None:
            raise NotFound(what="kindergarten")
        data = {"kindergarten": id, "month": month, "people": len(changed), "synthetic": entry.synthetic}
        subject = f"kindergartens/{id}/staff-attendance"
        await announce(session, TAKEN_EVENT, subject, division=entry.division, kindergarten=id, data=data)
    return len(changed)

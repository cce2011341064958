"""A month of a whole kindergarten in one request, as a machine at the door or another system has it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.announcements import Taken, announce_taken
from services.registry.attendance.calendar import calendar_of
from services.registry.attendance.queries import HOLD_CLASSES, ROLL, STORE_ROWS, TAKEN_BY_ALL
from services.registry.attendance.rules import (
    BLANK,
    CHILD_TWICE,
    MARK_OUT_OF_PLACE,
    NOT_ENROLLED,
    Presence,
    day_mask,
    fill,
    month_after,
    within,
)
from services.registry.attendance.schemas import AttendanceRow
from services.registry.refusals import faults_at, refuse
from shared.days import today
from shared.errors import Fault

Parts = dict[tuple[UUID, UUID], str]  # class and child, and the marks sent of it


async def take_rows(session: AsyncSession, kindergarten: UUID, month: date, rows: Sequence[AttendanceRow]) -> int:
    """Store what is said of each child; a blank half day stays as it is. Returns how many rows changed.

    Raises NotFound, InvalidInput with every fault; constraint month_is_certified.
    """
    asked = {"kindergarten": kindergarten, "month": month, "since": month, "until": month_after(month)}
    await session.execute(HOLD_CLASSES, asked)
    calendar = await calendar_of(session, kindergarten, month)
    days = {day for day in calendar.open if day <= today()}
    roll: dict[UUID, list[tuple[UUID, Presence]]] = defaultdict(list)
    places = {}
    for each in await session.execute(ROLL, asked):
        roll[each.child].append((each.class_id, Presence(each.child, each.since, each.until)))
        places[each.class_id] = (each.division, each.synthetic)
    parts, faults = _parts(rows, roll, days)
    refuse(faults)
    before: Parts = {(row.class_id, row.child): row.marks for row in await session.execute(TAKEN_BY_ALL, asked)}
    after = {key: fill(sent, before.get(key, BLANK)) for key, sent in parts.items()}
    changed = {key: marks for key, marks in after.items() if marks != before.get(key)}
    if changed:
        columns = zip(*((room, child, marks) for (room, child), marks in changed.items()), strict=True)
        stored = dict(zip(("classes", "children", "marks"), map(list, columns), strict=True))
        await session.execute(STORE_ROWS, asked | stored)
        touched = sorted({room for room, _ in changed}, key=str)
        said = [
            Taken(room, kindergarten, *places[room], tuple(sent for (of, _), sent in parts.items() if of == room))
            for room in touched
        ]
        await announce_taken(session, month, said)
    return len(changed)


def _parts(
    rows: Sequence[AttendanceRow], roll: dict[UUID, list[tuple[UUID, Presence]]], days: Collection[date]
) -> tuple[Parts, list[Fault]]:
    parts: Parts = {}
    faults: list[Fault] = []
    masks: dict[tuple[date, date], str] = {}
    seen: set[UUID] = set()
    for number, row in enumerate(rows):
        stays = roll.get(row.child)
        if stays is None or row.child in seen:
            faults += faults_at(f"/rows/{number}/child", [CHILD_TWICE if stays else NOT_ENROLLED])
            continue
        seen.add(row.child)
        left = row.marks
        for room, stay in stays:
            period = (stay.since, stay.until)
            mask = masks.get(period) or masks.setdefault(period, day_mask(day for day in days if stay.on(day)))
            mine, left = within(left, mask)
            if mine != BLANK:
                parts[room, row.child] = fill(mine, parts.get((room, row.child), BLANK))
        if left != BLANK:
            faults += faults_at(f"/rows/{number}/marks", [MARK_OUT_OF_PLACE])
    return parts, faults

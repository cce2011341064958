"""Taking and correcting attendance. The class is held meanwhile: nobody enters or leaves it, nobody certifies it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance import rules
from services.registry.attendance.announcements import Taken, announce_taken
from services.registry.attendance.calendar import calendar_of
from services.registry.attendance.queries import ROSTER, STORE, TAKEN
from services.registry.attendance.rules import BLANK, Halves, Presence, Sheet
from services.registry.attendance.schemas import AttendanceSheet, HalfDays
from services.registry.classes.actions import locked_class
from services.registry.refusals import faults_at, refuse
from shared.days import today
from shared.errors import Fault


def sheet(day: date, sent: AttendanceSheet) -> Sheet:
    """What was sent of a day, as the rules read it."""
    named = tuple((each.child, _halves(each)) for each in sent.marks)
    return Sheet(day, named, _halves(sent.others) if sent.others else None)


async def take_attendance(session: AsyncSession, id: UUID, month: date, sheets: Sequence[Sheet], *, bulk: bool) -> None:
    """Store days of one month of a class. Raises NotFound, InvalidInput with every fault, month_is_certified.

    Said again the same way it changes nothing; said otherwise it corrects. `bulk` is how faults point into the input.
    """
    room = await locked_class(session, id)
    asked = {"id": id, "kindergarten": room.kindergarten, "month": month, "after": rules.month_after(month)}
    roster = [Presence(*row) for row in await session.execute(ROSTER, asked)]
    days = (await calendar_of(session, room.kindergarten, month)).open
    refuse(_faults(sheets, month, days, roster, bulk=bulk))
    marked = {each.day: rules.marks_of(each, _there(roster, each.day)) for each in sheets}
    before: dict[UUID, str] = {row.child: row.marks for row in await session.execute(TAKEN, asked)}
    after = dict(before)
    for day, children in marked.items():
        for child, halves in children.items():
            after[child] = rules.laid_over(after.get(child, BLANK), day, halves)
    if changed := {child: marks for child, marks in after.items() if before.get(child) != marks}:
        await session.execute(STORE, asked | {"children": list(changed), "marks": list(changed.values())})
        said = [
            _said(child, marked) for child in sorted({child for each in marked.values() for child in each}, key=str)
        ]
        taken = Taken(room.id, room.kindergarten, room.division, room.synthetic, tuple(said))
        await announce_taken(session, month, [taken])


def _halves(sent: HalfDays) -> Halves:
    return Halves(sent.morning, sent.afternoon)


def _said(child: UUID, marked: Mapping[date, Mapping[UUID, Halves]]) -> str:
    """What the request itself says of a child, blank elsewhere."""
    marks = BLANK
    for day, children in marked.items():
        if child in children:
            marks = rules.laid_over(marks, day, children[child])
    return marks


def _there(roster: Sequence[Presence], day: date) -> list[UUID]:
    return [each.child for each in roster if each.on(day)]


def _faults(
    sheets: Sequence[Sheet], month: date, days: frozenset[date], roster: Sequence[Presence], *, bulk: bool
) -> list[Fault]:
    found: list[Fault] = []
    seen: set[date] = set()
    for number, each in enumerate(sheets):
        at = f"/days/{number}" if bulk else ""
        wrong = rules.DAY_TWICE if each.day in seen else rules.day_finding(each.day, month, today(), days)
        seen.add(each.day)
        if wrong:
            found += faults_at(f"{at}/day" if bulk else "day", [wrong])
            continue
        for place, finding in rules.sheet_findings(each, _there(roster, each.day)):
            found += faults_at(f"{at}/others" if place is None else f"{at}/marks/{place}/child", [finding])
    return found

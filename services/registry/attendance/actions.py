"""Taking and correcting attendance. The class is held meanwhile: nobody enters or leaves it, nobody certifies it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance import rules
from services.registry.attendance.calendar import calendar_of
from services.registry.attendance.queries import ROSTER, STORE, TAKEN
from services.registry.attendance.rules import BLANK, Halves, Presence, Sheet
from services.registry.attendance.schemas import AttendanceSheet, HalfDays
from services.registry.classes.actions import locked_class
from services.registry.classes.models import Class
from services.registry.days import today
from services.registry.refusals import faults_at, refuse
from shared.contracts.registry import ATTENDANCE_TAKEN, AttendanceDayCount, AttendanceFact
from shared.errors import Fault
from shared.events import announce

Marked = Mapping[date, Mapping[UUID, Halves]]


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
        await _announce(session, room, marked)


def _halves(sent: HalfDays) -> Halves:
    return Halves(sent.morning, sent.afternoon)


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


async def _announce(session: AsyncSession, room: Class, marked: Marked) -> None:
    days = [
        AttendanceDayCount(
            day=day,
            children=len(children),
            half_days=Counter(half.value for each in children.values() for half in (each.morning, each.afternoon)),
        )
        for day, children in sorted(marked.items())
    ]
    fact = AttendanceFact(class_id=room.id, kindergarten=room.kindergarten, days=days, synthetic=room.synthetic)
    await announce(
        session,
        ATTENDANCE_TAKEN,
        f"classes/{room.id}/attendance",
        division=room.division,
        kindergarten=room.kindergarten,
        data=fact.model_dump(),
    )

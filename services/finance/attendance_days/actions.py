from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.attendance_days.models import AttendanceDay, CalendarDay
from services.finance.kindergartens.models import Kindergarten
from shared.contracts.registry import ATTENDANCE_TAKEN, CALENDAR_CHANGED, AttendanceFact, CalendarFact


async def copy_attendance(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep each day of a class as it was taken; half days present are counted. A correction names fewer children."""
    fact = AttendanceFact.model_validate(event["data"])
    of = await session.get_one(Kindergarten, fact.kindergarten)
    shared = {"class_id": fact.class_id, "kindergarten": of.id, "division": of.division}
    rows = [
        shared | {"day": each.day, "children": each.children, "present": each.half_days.get("present", 0)}
        for each in fact.days
    ]
    if not rows:
        return
    change = insert(AttendanceDay).values(rows)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["class_id", "day"],
            set_={"children": change.excluded.children, "present": change.excluded.present},
            where=AttendanceDay.__table__.c.children <= change.excluded.children,
        )
    )


async def copy_calendar(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep the days on which a kindergarten departs from the country's working days."""
    fact = CalendarFact.model_validate(event["data"])
    of = await session.get_one(Kindergarten, fact.kindergarten)
    days = [fact.since + timedelta(step) for step in range((fact.until - fact.since).days)]
    rows = [{"kindergarten": of.id, "division": of.division, "day": day, "open": fact.open} for day in days]
    change = insert(CalendarDay).values(rows)
    await session.execute(
        change.on_conflict_do_update(index_elements=["kindergarten", "day"], set_={"open": change.excluded.open})
    )


HANDLERS = {ATTENDANCE_TAKEN: copy_attendance, CALENDAR_CHANGED: copy_calendar}

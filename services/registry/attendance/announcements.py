"""What other services are told of attendance: how many, never who."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.codes import MARKS, NOT_TAKEN
from services.registry.attendance.rules import days_of, place
from services.registry.attendance.schemas import CalendarEntry
from services.registry.kindergartens.models import Kindergarten
from shared.contracts.registry import (
    ATTENDANCE_TAKEN,
    CALENDAR_CHANGED,
    AttendanceDayCount,
    AttendanceFact,
    CalendarFact,
)
from shared.events import announce, announce_all, row


@dataclass(frozen=True, slots=True)
class Taken:
    """What was said of one class: for each of its children the marks that were sent, blank elsewhere."""

    class_id: UUID
    kindergarten: UUID
    division: str
    synthetic: bool
    marks: tuple[str, ...]


async def announce_taken(session: AsyncSession, month: date, taken: Iterable[Taken]) -> None:
    """Tell of each class which days were taken, and how many half days of each kind."""
    await announce_all(session, [_event(month, each) for each in taken])


async def announce_calendar(session: AsyncSession, kindergarten: UUID, entry: CalendarEntry) -> None:
    """Tell which days a kindergarten opened or closed. Nothing is told of one that does not exist."""
    division = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == kindergarten))
    if division is None:
        return
    said = entry.model_dump(include={"since", "until", "open", "reason"})
    fact = CalendarFact(kindergarten=kindergarten, **said)
    subject = f"kindergartens/{kindergarten}/calendar"
    data = fact.model_dump()
    await announce(session, CALENDAR_CHANGED, subject, division=division, kindergarten=kindergarten, data=data)


def _event(month: date, taken: Taken) -> Mapping[str, Any]:
    fact = AttendanceFact(
        class_id=taken.class_id,
        kindergarten=taken.kindergarten,
        days=[_day(day, taken.marks) for day in days_of(month) if _said(day, taken.marks)],
        synthetic=taken.synthetic,
    )
    return row(
        ATTENDANCE_TAKEN,
        f"classes/{taken.class_id}/attendance",
        division=taken.division,
        kindergarten=taken.kindergarten,
        data=fact.model_dump(),
    )


def _said(day: date, marks: Iterable[str]) -> bool:
    at = place(day)
    return any(each[at : at + 2] != NOT_TAKEN * 2 for each in marks)


def _day(day: date, marks: Iterable[str]) -> AttendanceDayCount:
    at = place(day)
    halves = [each[at : at + 2] for each in marks if each[at : at + 2] != NOT_TAKEN * 2]
    counted = Counter("".join(halves))
    return AttendanceDayCount(
        day=day,
        children=len(halves),
        half_days={mark.value: counted[letter] for letter, mark in MARKS.items() if counted[letter]},
    )

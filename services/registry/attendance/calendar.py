"""The days a kindergarten is open: the country's working days, its own exceptions, and when it was shut."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.announcements import announce_calendar
from services.registry.attendance.queries import ANY_CERTIFIED, CALENDAR, HAVE_ATTENDANCE, HOLD_CLASSES, SET_DAYS
from services.registry.attendance.refusals import CERTIFIED, DayHasAttendance
from services.registry.attendance.rules import DAY, days_of, is_open, month_after, month_of
from services.registry.attendance.schemas import CalendarDayOut, CalendarEntry, CalendarMonth
from shared.db import Reader
from shared.errors import ConstraintRefused, NotFound
from shared.workdays import is_announced, is_working_day


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month of a kindergarten: the days it is open, and why where it departs from the country's."""

    kindergarten: UUID
    month: date
    open: frozenset[date]
    reasons: Mapping[date, str]

    def shown(self) -> CalendarMonth:
        return CalendarMonth(
            kindergarten=self.kindergarten,
            month=self.month,
            open_days=len(self.open),
            announced=is_announced(self.month.year),
            days=[
                CalendarDayOut(
                    day=day, open=day in self.open, working_day=is_working_day(day), reason=self.reasons.get(day)
                )
                for day in days_of(self.month)
            ],
        )


async def read_calendar(reader: Reader, kindergarten: UUID, month: date) -> Calendar:
    """The month of a kindergarten. Raises NotFound."""
    return _calendar(month, await reader.one(CALENDAR, "kindergarten", **_asked(kindergarten, month)))


async def calendar_of(session: AsyncSession, kindergarten: UUID, month: date) -> Calendar:
    """The month of a kindergarten, inside a write. Raises NotFound."""
    found = await session.execute(cast("Executable", CALENDAR.statement), _asked(kindergarten, month))
    if (row := found.one_or_none()) is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    return _calendar(month, tuple(row))


async def set_calendar(session: AsyncSession, kindergarten: UUID, entry: CalendarEntry) -> Calendar:
    """Open or close days. Raises NotFound, DayHasAttendance; a certified month stays as it is."""
    days = [entry.since + DAY * step for step in range((entry.until - entry.since).days)]
    asked = {"kindergarten": kindergarten, "since": entry.since, "until": entry.until}
    # Whoever takes attendance or certifies holds the classes as well.
    await session.execute(HOLD_CLASSES, asked)
    months = sorted({month_of(day) for day in days})
    if await session.scalar(ANY_CERTIFIED, {"kindergarten": kindergarten, "months": months}):
        raise ConstraintRefused(CERTIFIED)
    if not entry.open and (taken := await session.scalar(HAVE_ATTENDANCE, asked)):
        raise DayHasAttendance(day=taken, pointer="/since")
    said = {"days": days, "open": entry.open, "reason": entry.reason}
    await session.execute(SET_DAYS, {"kindergarten": kindergarten, **said})
    await announce_calendar(session, kindergarten, entry)
    return await calendar_of(session, kindergarten, month_of(entry.since))


def _asked(kindergarten: UUID, month: date) -> dict[str, Any]:
    return {"kindergarten": kindergarten, "month": month, "after": month_after(month)}


def _calendar(month: date, row: tuple[Any, ...]) -> Calendar:
    kindergarten, days, states, reasons, shut = row
    exceptions = dict(zip(days, states, strict=True))
    found = frozenset(day for day in days_of(month) if is_open(day, exceptions, shut))
    return Calendar(kindergarten, month, found, dict(zip(days, reasons, strict=True)))

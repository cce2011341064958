from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.attendance import actions, queries
from services.registry.attendance.bulk import take_rows
from services.registry.attendance.calendar import read_calendar, set_calendar
from services.registry.attendance.refusals import CERTIFIED, DayHasAttendance
from services.registry.attendance.rules import month_after, month_of, place
from services.registry.attendance.schemas import (
    AttendanceDay,
    AttendanceMonth,
    AttendanceMonthSheet,
    AttendancePage,
    AttendanceQuery,
    AttendanceRows,
    AttendanceSheet,
    AttendanceStored,
    CalendarEntry,
    CalendarMonth,
    ChildAttendance,
    MonthQuery,
)
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import Day
from shared.workdays import is_working_day

router = APIRouter(tags=["attendance"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ATTENDANCE])]
Teacher = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ATTENDANCE])]
Clerk = Annotated[Actor, Security(authorize, scopes=[May.PREPARE_HEADCOUNT])]
Anyone = Annotated[Actor, Security(authorize, scopes=[May.READ_CLASSES])]


def _binds(id: UUID, day: Day) -> dict[str, object]:
    return {"id": id, "day": day, "month": month_of(day), "at": place(day) + 1, "working": is_working_day(day)}


@router.get(
    "/attendance",
    operation_id="list_attendance",
    response_model=AttendancePage,
    responses=exports.responses(AttendancePage),
)
async def list_attendance(
    query: Annotated[AttendanceQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """List a month's attendance, a row for each child and class."""
    return await exports.answer(request, reader, queries.ATTENDANCE, queries.narrowed(query, caller))


@router.get(
    "/classes/{id}/attendance/{day}",
    operation_id="get_class_attendance",
    response_model=AttendanceDay,
    responses=problems(NotFound),
)
async def get_class_attendance(id: UUID, day: Day, _: Reader, reader: Read) -> Response:
    """One day of a class: everyone enrolled in it that day, and what was taken."""
    found = await reader.one(queries.DAY, "class", **_binds(id, day))
    return Response(found[0], media_type="application/json")


@router.put(
    "/classes/{id}/attendance/{day}",
    operation_id="take_attendance",
    response_model=AttendanceDay,
    responses=problems(NotFound, constraints=(CERTIFIED,)),
)
async def take_attendance(id: UUID, day: Day, sheet: AttendanceSheet, _: Teacher, session: Write) -> Response:
    """Take attendance 考勤 of a class for a day: name who differs, say once what holds of the others.

    Sent again the same way it changes nothing; sent otherwise it corrects, until the month is certified.
    """
    await actions.take_attendance(session, id, month_of(day), [actions.sheet(day, sheet)], bulk=False)
    found = await written_row(session, queries.DAY, **_binds(id, day))
    return Response(found[0], media_type="application/json")


@router.put(
    "/classes/{id}/attendance",
    operation_id="take_month_attendance",
    response_model=AttendanceMonth,
    responses=problems(NotFound, constraints=(CERTIFIED,)),
)
async def take_month_attendance(
    id: UUID, query: Annotated[MonthQuery, Query()], sheet: AttendanceMonthSheet, _: Teacher, session: Write
) -> Response:
    """Take attendance of a class for several days of a month at once: all of them, or none and every fault."""
    sheets = [actions.sheet(each.day, each) for each in sheet.days]
    await actions.take_attendance(session, id, month_of(query.month), sheets, bulk=True)
    days = sorted(each.day for each in sheet.days)
    found = [(await written_row(session, queries.DAY, **_binds(id, day)))[0] for day in days]
    return Response(f'{{"days":[{",".join(found)}]}}', media_type="application/json")


@router.put(
    "/kindergartens/{id}/attendance",
    operation_id="take_kindergarten_attendance",
    responses=problems(NotFound, constraints=(CERTIFIED,)),
)
async def take_kindergarten_attendance(
    id: UUID, query: Annotated[MonthQuery, Query()], sheet: AttendanceRows, _: Teacher, session: Write
) -> AttendanceStored:
    """Take a month of a whole kindergarten at once, a row for each child, as another system has it.

    A child who changed class within the month is one row: each class gets its own days.
    """
    return AttendanceStored(changed=await take_rows(session, id, month_of(query.month), sheet.rows))


@router.get(
    "/children/{id}/attendance",
    operation_id="get_child_attendance",
    response_model=ChildAttendance,
    responses=problems(NotFound),
)
async def get_child_attendance(id: UUID, query: Annotated[MonthQuery, Query()], _: Reader, reader: Read) -> Response:
    """A child's month, in the classes of the caller's scope."""
    month = month_of(query.month)
    found = await reader.one(queries.CHILD_MONTH, "child", child=id, month=month, after=month_after(month))
    return Response(found[0], media_type="application/json")


@router.get(
    "/kindergartens/{id}/calendar",
    operation_id="get_kindergarten_calendar",
    responses=problems(NotFound),
)
async def get_calendar(id: UUID, query: Annotated[MonthQuery, Query()], _: Anyone, reader: Read) -> CalendarMonth:
    """The days of a month on which a kindergarten is open."""
    return (await read_calendar(reader, id, month_of(query.month))).shown()


@router.post(
    "/kindergartens/{id}/calendar",
    operation_id="set_kindergarten_calendar",
    responses=problems(NotFound, DayHasAttendance, constraints=(CERTIFIED,)),
)
async def set_kindergarten_calendar(id: UUID, entry: CalendarEntry, _: Clerk, session: Write) -> CalendarMonth:
    """Open or close a kindergarten on days 校历 (vacations, swapped days). Answers the month of the first day."""
    return (await set_calendar(session, id, entry)).shown()

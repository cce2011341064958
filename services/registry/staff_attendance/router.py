from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.attendance.refusals import CERTIFIED
from services.registry.attendance.rules import month_of, place
from services.registry.attendance.schemas import MonthQuery
from services.registry.permissions import May
from services.registry.staff_attendance import actions, queries
from services.registry.staff_attendance.presence import presence
from services.registry.staff_attendance.schemas import (
    PersonAttendance,
    StaffAttendanceDay,
    StaffAttendancePage,
    StaffAttendanceQuery,
    StaffAttendanceRows,
    StaffAttendanceSheet,
    StaffAttendanceStored,
    StaffDayQuery,
    StaffPresence,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import Day
from shared.workdays import is_working_day

router = APIRouter(tags=["staff attendance"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFF_ATTENDANCE])]
Clerk = Annotated[Actor, Security(authorize, scopes=[May.WRITE_STAFF_ATTENDANCE])]
Anyone = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFFING])]


def _binds(id: UUID, day: Day, class_id: UUID | None) -> dict[str, Any]:
    asked = {"id": id, "day": day, "month": month_of(day), "class_id": class_id}
    return asked | {"at": place(day) + 1, "working": is_working_day(day)}


@router.get(
    "/staff-attendance",
    operation_id="list_staff_attendance",
    response_model=StaffAttendancePage,
    responses=exports.responses(StaffAttendancePage),
)
async def list_staff_attendance(
    query: Annotated[StaffAttendanceQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List a month's attendance of staff 教职工考勤, a row for each person and kindergarten."""
    return await exports.answer(request, reader, queries.ATTENDANCE, query)


@router.get(
    "/kindergartens/{id}/staff-attendance/{day}",
    operation_id="get_staff_attendance",
    response_model=StaffAttendanceDay,
    responses=problems(NotFound),
)
async def get_staff_attendance(
    id: UUID, day: Day, query: Annotated[StaffDayQuery, Query()], _: Reader, reader: Read
) -> Response:
    """One day of a kindergarten, or of one of its classes: everyone in post that day, and what was taken."""
    found = await reader.one(queries.DAY, "kindergarten", **_binds(id, day, query.class_id))
    return Response(found[0], media_type="application/json")


@router.put(
    "/kindergartens/{id}/staff-attendance/{day}",
    operation_id="take_staff_attendance",
    response_model=StaffAttendanceDay,
    responses=problems(NotFound, constraints=(CERTIFIED,)),
)
async def take_staff_attendance(
    id: UUID, day: Day, query: Annotated[StaffDayQuery, Query()], sheet: StaffAttendanceSheet, _: Clerk, session: Write
) -> Response:
    """Take attendance of the staff for a day: name who differs, say once what holds of the others.

    Sent again the same way it changes nothing; sent otherwise it corrects, until the month is certified.
    """
    await actions.take_staff_attendance(session, id, day, sheet, query.class_id)
    found = await written(session, queries.DAY, **_binds(id, day, query.class_id))
    return Response(found, media_type="application/json")


@router.put(
    "/kindergartens/{id}/staff-attendance",
    operation_id="take_staff_month",
    responses=problems(NotFound, constraints=(CERTIFIED,)),
)
async def take_staff_month(
    id: UUID, query: Annotated[MonthQuery, Query()], sheet: StaffAttendanceRows, _: Clerk, session: Write
) -> StaffAttendanceStored:
    """Take a month of the staff at once, a row for each person, as a machine at the door has it."""
    changed = await actions.take_staff_rows(session, id, month_of(query.month), sheet.rows)
    return StaffAttendanceStored(changed=changed)


@router.get(
    "/staff/{id}/attendance",
    operation_id="get_person_attendance",
    response_model=PersonAttendance,
    responses=problems(NotFound),
)
async def get_person_attendance(id: UUID, query: Annotated[MonthQuery, Query()], _: Reader, reader: Read) -> Response:
    """A person's month, in the kindergartens of the caller's scope."""
    found = await reader.one(queries.PERSON_MONTH, "person", person=id, month=month_of(query.month))
    return Response(found[0], media_type="application/json")


@router.get("/kindergartens/{id}/staff-presence", operation_id="get_staff_presence", responses=problems(NotFound))
async def get_staff_presence(id: UUID, query: Annotated[MonthQuery, Query()], _: Anyone, reader: Read) -> StaffPresence:
    """Children to each of the staff who were there, day by day of a month: the ratio as lived (REG-03)."""
    return await presence(reader, id, month_of(query.month))

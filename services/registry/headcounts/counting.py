"""Counting a kindergarten's month from the register as it stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.calendar import calendar_of
from services.registry.attendance.queries import HOLD_CLASSES
from services.registry.attendance.rules import month_after
from services.registry.headcounts.queries import STAYS
from services.registry.headcounts.rules import Month, Room, Stay, class_counts, count_day, missing
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import Parameter, in_force
from services.registry.staff_attendance.actions import services_of, taken
from services.registry.staff_attendance.rules import staff_count
from shared.errors import InvalidInput
from shared.parameters import NoParameterInForce


@dataclass(frozen=True, slots=True)
class Counted:
    """A month as the register has it, and what is missing before it can be certified."""

    month: Month
    missing: list[tuple[UUID, date]]
    parameter: Parameter


async def count_month(session: AsyncSession, kindergarten: UUID, month: date) -> Counted:
    """Count the month while its classes are held. Raises NotFound."""
    parameter = parameter_of(month, "headcount_count_day")
    after = month_after(month)
    await session.execute(HOLD_CLASSES, {"kindergarten": kindergarten, "since": month, "until": after})
    days = (await calendar_of(session, kindergarten, month)).open
    rows = list(await session.execute(STAYS, {"kindergarten": kindergarten, "month": month, "after": after}))
    rooms = {row.class_id: Room(row.class_id, row.name, row.kind) for row in rows}
    stays = [Stay(row.class_id, row.child, row.since, row.until, row.cohort, row.marks) for row in rows]
    on = count_day(month, int(parameter.number))
    counts = class_counts(rooms.values(), stays, on, days)
    services = await services_of(session, kindergarten, month)
    staff = staff_count(services, await taken(session, kindergarten, month), on, days)
    return Counted(Month(kindergarten, month, on, len(days), counts, staff), missing(stays, days), parameter)


def parameter_of(month: date, name: str) -> Parameter:
    """The parameter in force on the first day of the month. Raises InvalidInput where none was set."""
    try:
        return in_force(PARAMETERS, name, month)
    except NoParameterInForce as error:
        raise InvalidInput(
            reason_zh="该月没有生效的核定参数。",
            reason_en="no parameter of certification was in force in that month.",
            pointer="/month",
        ) from error

"""Children to each of the staff who were there, day by day: the ratio as lived, beside the one of posts."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from services.registry.attendance.rules import days_of
from services.registry.parameters.published import PARAMETERS, number_on
from services.registry.parameters.rules import in_force
from services.registry.staff_attendance.queries import PRESENCE
from services.registry.staff_attendance.schemas import PresenceDay, StaffPresence
from shared.db import Reader

SHOWN = Decimal("0.01")


async def presence(reader: Reader, id: UUID, month: date) -> StaffPresence:
    """Days on which anybody was present. Raises NotFound."""
    last = len(list(days_of(month))) - 1
    row = json.loads((await reader.one(PRESENCE, "kindergarten", id=id, month=month, last=last))[0])
    staff_most = number_on("children_per_staff_most", month, "full_day", "month")
    carer_most = number_on("children_per_carer_most", month, "full_day", "month")
    return StaffPresence(
        kindergarten=id,
        month=month,
        certified=row["certified"],
        children_per_staff_most=staff_most,
        children_per_carer_most=carer_most,
        basis=in_force(PARAMETERS, "children_per_staff_most", month, "full_day").document,
        days=[_day(each, staff_most, carer_most) for each in row["days"] if any(each[1:])],
    )


def _day(row: list[int], staff_most: int, carer_most: int) -> PresenceDay:
    """More children to each than the standard is short (幼儿园教职工配备标准); compared unrounded."""
    day, children, staff, carers = row
    short = children > staff_most * staff or children > carer_most * carers
    return PresenceDay(
        day=date.fromisoformat(str(day)),
        children_half_days=children,
        staff_half_days=staff,
        carer_half_days=carers,
        children_per_staff=_ratio(children, staff),
        children_per_carer=_ratio(children, carers),
        short=short if staff else None,
    )


def _ratio(children: int, people: int) -> str | None:
    return str((Decimal(children) / people).quantize(SHOWN, ROUND_HALF_UP)) if people else None

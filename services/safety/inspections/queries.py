from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Text, bindparam, cast, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.models import Hazard
from services.safety.hazards.rules import OPEN
from services.safety.inspections.models import Inspection
from services.safety.inspections.rules import History
from services.safety.inspections.schemas import CoverageSummary, InspectionOut, InspectionRow
from services.safety.kindergartens.models import Kindergarten
from services.safety.steps.queries import steps_of
from shared.documents import among, columns, one
from shared.listing import Listing

_visit, _place = Inspection.__table__.alias("v"), Kindergarten.__table__
_row = _visit.c
_special = {"kindergarten_name": _place.c.name, "score": cast(_row.score, Text)}
_from = _visit.join(_place, _place.c.id == _row.kindergarten)
INSPECTIONS = Listing(
    "inspections",
    select(*columns(_visit, InspectionRow, **_special)).select_from(_from),
    _row.id,
    {"planned_on": _row.planned_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "state": _row.state == bindparam("state"),
        "kind": _row.kind == bindparam("kind"),
    },
)
INSPECTION = one(
    select(*columns(_visit, InspectionOut, **_special, steps=steps_of(_visit, _row.id)))
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)

_since, _until = bindparam("since", type_=Date), bindparam("until", type_=Date)
# Place by place over the index: row-level security hides from the planner how many there are.
_done = (
    select(func.count().label("inspections"), func.max(_row.visited_on).label("last"))
    .where(_row.kindergarten == _place.c.id, _row.visited_on >= _since, _row.visited_on <= _until)
    .where(among(_row.state, ("recorded", "signed", "shared")))
    .lateral("done")
)
_operating = _place.c.status == "operating"
_checked = _done.c.inspections > literal_column("0")
COVERAGE = Listing(
    "inspection-coverage",
    select(
        _place.c.id.label("kindergarten"),
        _place.c.name.label("name"),
        _place.c.division.label("division"),
        _done.c.inspections,
        _checked.label("checked"),
        _done.c.last.label("last_visited_on"),
    )
    .select_from(_place.join(_done, literal_column("true")))
    .where(_operating),
    _place.c.id,
    {"name": _place.c.pinyin},
    {
        "division": _place.c.division.bool_op("^@")(bindparam("division")),
        "checked": _checked == bindparam("checked"),
    },
)
_counted: dict[str, Any] = {
    "since": _since,
    "until": _until,
    "kindergartens": func.count(),
    "checked": func.count().filter(_checked),
    "unchecked": func.count() - func.count().filter(_checked),
}
SUMMARY = one(
    select(*(_counted[name].label(name) for name in CoverageSummary.model_fields))
    .select_from(_place.join(_done, literal_column("true")))
    .where(_operating)
)


async def history(session: AsyncSession, kindergarten: UUID, on: date) -> History:
    """What is known of the kindergarten before an inspection on that day."""
    visited = select(Inspection.visited_on, Inspection.depth, Inspection.score).where(
        Inspection.kindergarten == kindergarten, Inspection.visited_on.is_not(None)
    )
    rows = list((await session.execute(visited.order_by(Inspection.visited_on.desc()))).all())
    hazards = select(func.count().filter(Hazard.level == "major"), func.count().filter(Hazard.due_on < on)).where(
        Hazard.kindergarten == kindergarten, Hazard.state.in_(OPEN)
    )
    major, overdue = (await session.execute(hazards)).one()
    full = next((row.visited_on for row in rows if row.depth == "full"), None)
    last = next((row.score for row in rows if row.score is not None), None)
    return History(full, Decimal(last) if last is not None else None, major, overdue)

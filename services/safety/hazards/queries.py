from typing import Any

from sqlalchemy import Date, Text, bindparam, cast, func, literal_column, select

from services.safety.hazards.models import Hazard, Supervision
from services.safety.hazards.rules import OPEN
from services.safety.hazards.schemas import HazardCount, HazardOut, HazardRow, SupervisionOut
from services.safety.kindergartens.models import Kindergarten
from services.safety.steps.queries import steps_of
from shared.db import Query
from shared.documents import among, many, one
from shared.listing import Listing

_hazard, _place, _listed = Hazard.__table__.alias("h"), Kindergarten.__table__, Supervision.__table__
_row = _hazard.c
_as_of = bindparam("as_of", type_=Date)
_open = among(_row.state, OPEN)
_overdue = func.coalesce(_open & (_row.due_on < _as_of), literal_column("false"))
_special = {"kindergarten_name": _place.c.name, "overdue": _overdue}
_columns = [(_special[name] if name in _special else _row[name]).label(name) for name in HazardRow.model_fields]
_from = _hazard.join(_place, _place.c.id == _row.kindergarten)

HAZARDS = Listing(
    "hazards",
    select(*_columns).select_from(_from),
    _row.id,
    {"found_on": _row.found_on, "kindergarten_name": _place.c.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "state": _row.state == bindparam("state"),
        "open": _open == bindparam("open"),
        "level": _row.level == bindparam("level"),
        "category": _row.category == bindparam("category"),
        "source": _row.source == bindparam("source"),
        "reference": _row.source_reference == bindparam("reference"),
        "overdue": _overdue == bindparam("overdue"),
        "listed": _row.listed == bindparam("listed"),
        "due_before": _row.due_on < bindparam("due_before"),
    },
)
_supervision = select(*(_listed.c[name] for name in SupervisionOut.model_fields)).where(_listed.c.hazard == _row.id)
_detail = [
    _row[name].label(name)
    for name in HazardOut.model_fields
    if name not in HazardRow.model_fields and name not in ("supervision", "steps", "actions")
]
_supervised = _supervision.correlate(_hazard).subquery("listed_row")
_whole = select(
    *_columns,
    *_detail,
    select(func.row_to_json(literal_column("listed_row")))
    .select_from(_supervised)
    .scalar_subquery()
    .label("supervision"),
    steps_of(_hazard, _row.id).label("steps"),
).select_from(_from)
HAZARD = one(_whole.where(_row.id == bindparam("id")))

_reference = select(cast(_row.id, Text)).where(
    _row.source == bindparam("source"), _row.source_reference == bindparam("reference")
)
BY_REFERENCE = Query(_reference)

_closed = _row.state == "closed"
_totals: dict[str, Any] = {
    "category": _row.category,
    "level": _row.level,
    "found": func.count(),
    "open": func.count().filter(_open),
    "overdue": func.count().filter(_overdue),
    "closed": func.count().filter(_closed),
    "closed_in_time": func.count().filter(_closed & (_row.state_since <= _row.due_on)),
}
COUNTS = many(
    select(*(_totals[name].label(name) for name in HazardCount.model_fields))
    .where(
        _row.state != "dismissed",
        _row.division.bool_op("^@")(bindparam("division")),
        _row.found_on >= bindparam("since", type_=Date),
        _row.found_on <= bindparam("until", type_=Date),
    )
    .group_by(_row.category, _row.level)
    .order_by(_row.category, _row.level.nulls_last())
)

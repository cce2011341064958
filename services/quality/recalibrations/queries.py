from typing import Any

from sqlalchemy import Date, bindparam, select

from services.quality.recalibrations.models import Recalibration
from services.quality.recalibrations.schemas import RecalibrationRow
from services.quality.steps.queries import steps_of
from shared.documents import one
from shared.listing import Listing

_table = Recalibration.__table__
_row = _table.c
_overdue = (_row.state == "open") & (_row.due_on < bindparam("as_of", type_=Date))
_special: dict[str, Any] = {"overdue": _overdue}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in RecalibrationRow.model_fields]
RECALIBRATIONS = Listing(
    "recalibrations",
    select(*_columns),
    _row.id,
    {"due_on": _row.due_on},
    {
        "evaluation": _row.evaluation == bindparam("evaluation"),
        "evaluator": _row.evaluator == bindparam("evaluator"),
        "state": _row.state == bindparam("state"),
        "overdue": _overdue == bindparam("overdue"),
    },
)
RECALIBRATION = one(select(*_columns, steps_of(_table).label("steps")).where(_row.id == bindparam("id")))

from sqlalchemy import Date, Text, bindparam, cast, func, literal_column, select

from services.safety.penalties.models import Penalty
from services.safety.penalties.schemas import PenaltyOut, PenaltyRow
from services.safety.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

_case = Penalty.__table__.alias("p")
_row = _case.c
_amount = cast(_row.amount, Text)
_open = func.coalesce(_row.hearing_until >= bindparam("today", type_=Date), literal_column("false"))

PENALTIES = Listing(
    "penalties",
    select(*columns(_case, PenaltyRow, amount=_amount)),
    _row.id,
    {"filed_on": _row.filed_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "state": _row.state == bindparam("state"),
        "due_before": _row.decision_due < bindparam("due_before"),
    },
)
PENALTY = one(
    select(*columns(_case, PenaltyOut, amount=_amount, hearing_open=_open, steps=steps_of(_case, _row.id))).where(
        _row.id == bindparam("id")
    )
)

from sqlalchemy import bindparam, select

from services.safety.disputes.models import Dispute
from services.safety.disputes.schemas import DisputeOut, DisputeRow
from services.safety.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

_dispute = Dispute.__table__.alias("d")
_row = _dispute.c
DISPUTES = Listing(
    "disputes",
    select(*columns(_dispute, DisputeRow)),
    _row.id,
    {"registered_on": _row.registered_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "state": _row.state == bindparam("state"),
        "risk": _row.risk == bindparam("risk"),
        "due_before": _row.due_on < bindparam("due_before"),
    },
)
DISPUTE = one(
    select(*columns(_dispute, DisputeOut, steps=steps_of(_dispute, _row.id))).where(_row.id == bindparam("id"))
)

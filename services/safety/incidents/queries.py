from sqlalchemy import bindparam, select

from services.safety.incidents.models import Incident, IncidentReport
from services.safety.incidents.schemas import IncidentOut, IncidentReportOut, IncidentRow
from services.safety.steps.queries import steps_of
from shared.documents import columns, listed, one
from shared.listing import Listing

_incident, _report = Incident.__table__.alias("i"), IncidentReport.__table__.alias("r")
_row = _incident.c
INCIDENTS = Listing(
    "incidents",
    select(*columns(_incident, IncidentRow)),
    _row.id,
    {"occurred_at": _row.occurred_at},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "category": _row.category == bindparam("category"),
        "state": _row.state == bindparam("state"),
        "since": _row.occurred_at >= bindparam("since"),
    },
)
_reports = (
    select(*columns(_report, IncidentReportOut))
    .where(_report.c.incident == _row.id)
    .correlate(_incident)
    .order_by(_report.c.told_at)
)
INCIDENT = one(
    select(*columns(_incident, IncidentOut, reports=listed(_reports), steps=steps_of(_incident, _row.id))).where(
        _row.id == bindparam("id")
    )
)

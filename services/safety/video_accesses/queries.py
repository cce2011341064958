from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Text, bindparam, case, func, literal_column, null, select
from sqlalchemy.dialects.postgresql import array

from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.steps.queries import steps_of
from services.safety.video_accesses.models import VideoAccess
from services.safety.video_accesses.schemas import VideoAccessOut, VideoAccessRow
from shared.documents import among, columns, one
from shared.listing import Listing

_request = VideoAccess.__table__.alias("v")
_row = _request.c
_other = VideoAccess.__table__.alias("o")
_overdue = func.coalesce(
    among(_row.state, ("copied", "handed_over")) & (_row.return_by < bindparam("today", type_=Date)),
    literal_column("false"),
)
_recent = (
    select(func.count())
    .select_from(_other)
    .where(
        _other.c.kindergarten == _row.kindergarten,
        _other.c.applicant == _row.applicant,
        _other.c.created_at > _row.created_at - literal_column("interval '30 days'"),
        _other.c.created_at <= _row.created_at,
    )
    .correlate(_request)
    .scalar_subquery()
)
_long = _row.span_until - _row.span_from > bindparam("long_hours", type_=Integer) * literal_column("interval '1 hour'")
_many = _recent >= bindparam("many_requests", type_=Integer)
_parts: list[ColumnElement[Any]] = [
    case((_long, "long_span"), else_=null()),
    case((_row.at_night, "at_night"), else_=null()),
    case((_many, "many_requests"), else_=null()),
]
_whole: array[Any] = array(_parts, type_=Text)
_flags: ColumnElement[Any] = func.array_remove(_whole, null())
_special: dict[str, ColumnElement[Any]] = {"overdue": _overdue, "unusual": _flags}

VIDEO_ACCESSES = Listing(
    "video-accesses",
    select(*columns(_request, VideoAccessRow, **_special)),
    _row.id,
    {"created_at": _row.created_at},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "state": _row.state == bindparam("state"),
        "overdue": _overdue == bindparam("overdue"),
        "strange": (_long | _row.at_night | _many) == bindparam("strange"),
    },
)
VIDEO_ACCESS = one(
    select(*columns(_request, VideoAccessOut, **_special, steps=steps_of(_request, _row.id))).where(
        _row.id == bindparam("id")
    )
)


def limits(on: date) -> dict[str, Any]:
    """What counts as overdue and unusual on that day."""
    hours, many = (number(PARAMETERS, f"video_{name}", on) for name in ("long_hours", "many_requests"))
    return {"today": on, "long_hours": hours, "many_requests": many}

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import bindparam, select

from services.safety.permissions import May
from services.safety.timers.models import Timer
from services.safety.timers.schemas import TimerOut, TimerPage, TimerQuery
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/timers", tags=["timers"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TIMERS])]
_row = Timer.__table__.c
TIMERS = Listing(
    "timers",
    select(*(_row[name] for name in TimerOut.model_fields)),
    _row.id,
    {"due_on": _row.due_on},
    {
        "concept": _row.concept == bindparam("concept"),
        "subject": _row.subject == bindparam("subject"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "fired": _row.fired_on.is_not(None) == bindparam("fired"),
        "due_from": _row.due_on >= bindparam("due_from"),
        "due_before": _row.due_on < bindparam("due_before"),
    },
)


@router.get("", operation_id="list_timers", response_model=TimerPage, responses=exports.responses(TimerPage))
async def list_timers(query: Annotated[TimerQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """The calendar of deadlines 时限: what falls due when, and what was escalated."""
    return await exports.answer(request, reader, TIMERS, query)

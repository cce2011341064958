from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, select

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.permissions import May
from services.quality.timetable_observations import actions
from services.quality.timetable_observations.actions import NoTimetableIsFiled
from services.quality.timetable_observations.models import TimetableObservation
from services.quality.timetable_observations.schemas import (
    TimetableObservationNew,
    TimetableObservationOut,
    TimetableObservationPage,
    TimetableObservationQuery,
)
from services.quality.timetables.actions import StretchesOverlap
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/timetable-observations", tags=["daily life"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DAILY_LIFE])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.CHECK_DAILY_LIFE])]
_row = TimetableObservation.__table__
_seen = select(*columns(_row, TimetableObservationOut, on=_row.c.on_day))
OBSERVATIONS = Listing(
    "timetable-observations",
    _seen,
    _row.c.id,
    {"on": _row.c.on_day},
    {n: _row.c[n] == bindparam(n) for n in ("kindergarten", "class_id", "kept")},
)
OBSERVATION = one(_seen.where(_row.c.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_timetable_observations",
    response_model=TimetableObservationPage,
    responses=exports.responses(TimetableObservationPage),
)
async def list_timetable_observations(
    query: Annotated[TimetableObservationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List days that were seen; `kept=false` leaves those that differ from what was filed."""
    return await exports.answer(request, reader, OBSERVATIONS, query)


@router.post(
    "",
    operation_id="record_timetable_observation",
    status_code=status.HTTP_201_CREATED,
    response_model=TimetableObservationOut,
    responses=problems(NotFound, NoTimetableIsFiled, StretchesOverlap, ChildrenAreNotScored),
)
async def record_timetable_observation(new: TimetableObservationNew, caller: Checker, session: Write) -> Response:
    """Record what was seen of a class's day on a visit, compared with its filed timetable."""
    body = await written(session, OBSERVATION, id=await actions.record_observation(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

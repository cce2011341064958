from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, bindparam, func, select

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.kindergartens.models import Kindergarten
from services.quality.permissions import May
from services.quality.primary_schools.models import PrimarySchool
from services.quality.transition_pilots import actions
from services.quality.transition_pilots.actions import PilotIsConcluded, PilotNamesOne
from services.quality.transition_pilots.models import TransitionPilot
from services.quality.transition_pilots.schemas import (
    TransitionPilotConclusion,
    TransitionPilotNew,
    TransitionPilotOut,
    TransitionPilotPage,
    TransitionPilotQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/transition-pilots", tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRANSITION])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_TRANSITION])]
_row, _place, _school = TransitionPilot.__table__.c, Kindergarten.__table__, PrimarySchool.__table__
_overdue = _row.concluded_on.is_(None) & (_row.until <= bindparam("as_of", type_=Date))
_special = {"name": func.coalesce(_place.c.name, _school.c.name), "overdue": _overdue}
_pilots = select(
    *((_special[n] if n in _special else _row[n]).label(n) for n in TransitionPilotOut.model_fields)
).select_from(
    TransitionPilot.__table__.outerjoin(_place, _place.c.id == _row.kindergarten).outerjoin(
        _school, _school.c.code == _row.school
    )
)
_day = bindparam("running_on", type_=Date)
PILOTS = Listing(
    "transition-pilots",
    _pilots,
    _row.id,
    {"since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "school": _row.school == bindparam("school"),
        "level": _row.level == bindparam("level"),
        "running_on": (_row.since <= _day) & (_row.until > _day),
        "overdue": _overdue == bindparam("overdue"),
    },
)
PILOT = one(_pilots.where(_row.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_transition_pilots",
    response_model=TransitionPilotPage,
    responses=exports.responses(TransitionPilotPage),
)
async def list_transition_pilots(
    query: Annotated[TransitionPilotQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List pilot kindergartens and schools 试点园校."""
    return await exports.answer(request, reader, PILOTS, query, as_of=today())


@router.post(
    "",
    operation_id="enter_transition_pilot",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPilotOut,
    responses=problems(NotFound, PilotNamesOne, constraints=("pilot_ends_after_it_begins",)),
)
async def enter_transition_pilot(new: TransitionPilotNew, caller: Officer, session: Write) -> Response:
    """Enter a pilot with its project and term."""
    body = await written(session, PILOT, id=await actions.enter_pilot(session, caller, new), as_of=today())
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/{id}/conclusions",
    operation_id="conclude_transition_pilot",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPilotOut,
    responses=problems(NotFound, PilotIsConcluded, ChildrenAreNotScored),
)
async def conclude_transition_pilot(id: UUID, asked: TransitionPilotConclusion, _: Officer, session: Write) -> Response:
    """Say what came of the pilot and where its experience goes."""
    await actions.conclude_pilot(session, id, asked)
    body = await written(session, PILOT, id=id, as_of=today())
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

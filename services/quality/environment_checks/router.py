from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, func, select

from services.quality.environment_checks import actions
from services.quality.environment_checks.models import EnvironmentCheck
from services.quality.environment_checks.schemas import (
    EnvironmentCheckNew,
    EnvironmentCheckOut,
    EnvironmentCheckPage,
    EnvironmentCheckQuery,
)
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.permissions import May
from services.quality.primary_style_checks.actions import FindingNeedsEvidence, ListIsAnsweredWhole
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/environment-checks", tags=["equipment"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EQUIPMENT])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.CHECK_DAILY_LIFE])]
_row = EnvironmentCheck.__table__
_checks = select(*columns(_row, EnvironmentCheckOut, on=_row.c.on_day))
CHECKS = Listing(
    "environment-checks",
    _checks,
    _row.c.id,
    {"on": _row.c.on_day},
    {
        "kindergarten": _row.c.kindergarten == bindparam("kindergarten"),
        "flagged": (func.cardinality(_row.c.unmet) > 0) == bindparam("flagged"),
    },
)
CHECK = one(_checks.where(_row.c.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_environment_checks",
    response_model=EnvironmentCheckPage,
    responses=exports.responses(EnvironmentCheckPage),
)
async def list_environment_checks(
    query: Annotated[EnvironmentCheckQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List checks of space and materials; `flagged=true` leaves those with a point that is not met."""
    return await exports.answer(request, reader, CHECKS, query)


@router.post(
    "",
    operation_id="record_environment_check",
    status_code=status.HTTP_201_CREATED,
    response_model=EnvironmentCheckOut,
    responses=problems(NotFound, ListIsAnsweredWhole, FindingNeedsEvidence, ChildrenAreNotScored),
)
async def record_environment_check(new: EnvironmentCheckNew, caller: Checker, session: Write) -> Response:
    """Record a check by the guide's points of 环境创设 (第34—37要点), each once."""
    body = await written(session, CHECK, id=await actions.record_check(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

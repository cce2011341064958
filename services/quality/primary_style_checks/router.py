from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, func, select

from services.quality.permissions import May
from services.quality.primary_style_checks import actions
from services.quality.primary_style_checks.actions import FindingNeedsEvidence, ListIsAnsweredWhole
from services.quality.primary_style_checks.models import PrimaryStyleCheck
from services.quality.primary_style_checks.schemas import (
    PrimaryStyleCheckNew,
    PrimaryStyleCheckOut,
    PrimaryStyleCheckPage,
    PrimaryStyleCheckQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/primary-style-checks", tags=["daily life"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DAILY_LIFE])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.CHECK_DAILY_LIFE])]
_row = PrimaryStyleCheck.__table__.c
_columns = [(_row.on_day if n == "on" else _row[n]).label(n) for n in PrimaryStyleCheckOut.model_fields]
CHECKS = Listing(
    "primary-style-checks",
    select(*_columns),
    _row.id,
    {"on": _row.on_day},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "flagged": (func.cardinality(_row.found) > 0) == bindparam("flagged"),
    },
)
CHECK = one(select(*_columns).where(_row.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_primary_style_checks",
    response_model=PrimaryStyleCheckPage,
    responses=exports.responses(PrimaryStyleCheckPage),
)
async def list_primary_style_checks(
    query: Annotated[PrimaryStyleCheckQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List checks against 小学化; `flagged=true` leaves those that found something (QUA-05)."""
    return await exports.answer(request, reader, CHECKS, query)


@router.post(
    "",
    operation_id="record_primary_style_check",
    status_code=status.HTTP_201_CREATED,
    response_model=PrimaryStyleCheckOut,
    responses=problems(NotFound, ListIsAnsweredWhole, FindingNeedsEvidence),
)
async def record_primary_style_check(new: PrimaryStyleCheckNew, caller: Checker, session: Write) -> Response:
    """Record a check by the negative list, item by item, with evidence for what was found."""
    made = await actions.record_check(session, caller, new)
    body = await written(session, CHECK, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

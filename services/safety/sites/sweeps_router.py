from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import JSON
from services.safety.permissions import May
from services.safety.sites import actions, queries
from services.safety.sites.schemas import SweepIn, SweepOut, SweepPage, SweepQuery, ZeroOut, ZeroQuery
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import problems
from shared.idempotency import Route

router = APIRouter(prefix="/sweeps", tags=["sites"], route_class=Route)
zero = APIRouter(prefix="/unlicensed-zero", tags=["sites"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SITES])]
Sweeper = Annotated[Actor, Security(authorize, scopes=[May.REPORT_SITES])]


@router.get("", operation_id="list_sweeps", response_model=SweepPage, responses=exports.responses(SweepPage))
async def list_sweeps(query: Annotated[SweepQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List searches of areas."""
    return await exports.answer(request, reader, queries.SWEEPS, query)


@router.post(
    "",
    operation_id="record_sweep",
    status_code=status.HTTP_201_CREATED,
    response_model=SweepOut,
    responses=problems(FileUnknown),
)
async def record_sweep(new: SweepIn, caller: Sweeper, session: Write) -> Response:
    """Record a search of an area 排查 and what it found; nothing found is a record too."""
    made = await actions.record_sweep(session, caller, new)
    return Response(await written(session, queries.SWEEP, id=made), status.HTTP_201_CREATED, media_type=JSON)


@zero.get("", operation_id="get_unlicensed_zero", response_model=ZeroOut)
async def get_zero(query: Annotated[ZeroQuery, Query()], _: Reader, reader: Read) -> Response:
    """动态清零 at this moment: the number of open cases and each of them."""
    (body,) = await reader.one(queries.ZERO, "zero", kind=query.kind.value, division=query.division, today=today())
    return Response(body, media_type=JSON)

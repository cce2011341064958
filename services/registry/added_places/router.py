import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.added_places import actions, queries
from services.registry.added_places.actions import AlreadyWithdrawn
from services.registry.added_places.schemas import (
    AddedPlacesNew,
    AddedPlacesOut,
    AddedPlacesPage,
    AddedPlacesQuery,
    AddedPlacesReport,
    AddedPlacesReportQuery,
    AddedPlacesWithdrawal,
    AddedPlacesYear,
)
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/added-places", tags=["added places"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_NETWORK])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_NETWORK])]


@router.get(
    "", operation_id="list_added_places", response_model=AddedPlacesPage, responses=exports.responses(AddedPlacesPage)
)
async def list_added_places(
    query: Annotated[AddedPlacesQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the places added 扩增学位台账, each with its channel and document."""
    return await exports.answer(request, reader, queries.ADDED, query)


@router.get("/report", operation_id="get_added_places_report")
async def get_added_places_report(
    query: Annotated[AddedPlacesReportQuery, Query()], _: Reader, reader: Read
) -> AddedPlacesReport:
    """The yearly report: places added in each calendar year, by channel."""
    on, division = query.as_of or today(), query.division or ""
    body, *_rest = await reader.one(queries.REPORT, "report", as_of=on, division=division)
    rows = json.loads(body)
    marks = [row.pop("synthetic") for row in rows]
    items = [AddedPlacesYear(**row) for row in rows]
    return AddedPlacesReport(as_of=on, division=division, items=items, synthetic=any(marks))


@router.post(
    "",
    operation_id="enter_added_places",
    status_code=status.HTTP_201_CREATED,
    response_model=AddedPlacesOut,
    responses=problems(NotFound),
)
async def enter_added_places(caller: Planner, new: AddedPlacesNew, session: Write) -> Response:
    """Enter inclusive places added at a kindergarten, and how: the basis of the subsidy for them."""
    made = await actions.enter(session, caller, new)
    return Response(
        await written(session, queries.ONE, id=made), status.HTTP_201_CREATED, media_type="application/json"
    )


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_added_places",
    status_code=status.HTTP_201_CREATED,
    response_model=AddedPlacesOut,
    responses=problems(NotFound, AlreadyWithdrawn),
)
async def withdraw_added_places(id: UUID, _: Planner, new: AddedPlacesWithdrawal, session: Write) -> Response:
    """Withdraw an entry made in error, with the reason; reports of days before keep it."""
    await actions.withdraw(session, id, new.reason)
    return Response(await written(session, queries.ONE, id=id), status.HTTP_201_CREATED, media_type="application/json")

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.partnerships import actions, queries
from services.quality.partnerships.actions import OutcomeIsReported, OutsideThePartnership
from services.quality.partnerships.schemas import (
    PartnershipActivityNew,
    PartnershipActivityOut,
    PartnershipActivityPage,
    PartnershipActivityQuery,
    StaffExchangeNew,
    StaffExchangeOut,
    StaffExchangePage,
    StaffExchangeQuery,
    StaffExchangeReport,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["support"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUPPORT])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.RECORD_SUPPORT])]


@router.get(
    "/partnership-activities",
    operation_id="list_partnership_activities",
    response_model=PartnershipActivityPage,
    responses=exports.responses(PartnershipActivityPage),
)
async def list_partnership_activities(
    query: Annotated[PartnershipActivityQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what partners did together or shared; `form=resource` is the list of shared resources."""
    return await exports.answer(request, reader, queries.ACTIVITIES, query)


@router.post(
    "/partnership-activities",
    operation_id="record_partnership_activity",
    status_code=status.HTTP_201_CREATED,
    response_model=PartnershipActivityOut,
    responses=problems(NotFound, OutsideThePartnership, ChildrenAreNotScored),
)
async def record_partnership_activity(new: PartnershipActivityNew, caller: Recorder, session: Write) -> Response:
    """Record an activity of a partnership, or a resource that is shared."""
    body = await written(session, queries.ACTIVITY, id=await actions.record_activity(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/staff-exchanges",
    operation_id="list_staff_exchanges",
    response_model=StaffExchangePage,
    responses=exports.responses(StaffExchangePage),
)
async def list_staff_exchanges(
    query: Annotated[StaffExchangeQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List exchanges of staff 轮岗、跟岗."""
    return await exports.answer(request, reader, queries.EXCHANGES, query)


@router.post(
    "/staff-exchanges",
    operation_id="exchange_staff",
    status_code=status.HTTP_201_CREATED,
    response_model=StaffExchangeOut,
    responses=problems(
        NotFound,
        OutsideThePartnership,
        constraints=("person_is_exchanged_once", "exchange_ends_after_it_begins"),
    ),
)
async def exchange_staff(new: StaffExchangeNew, _: Recorder, session: Write) -> Response:
    """Enter an exchange of a member of staff within the time of a partnership."""
    body = await written(session, queries.EXCHANGE, id=await actions.exchange(session, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/staff-exchanges/{id}/reports",
    operation_id="report_staff_exchange",
    status_code=status.HTTP_201_CREATED,
    response_model=StaffExchangeOut,
    responses=problems(NotFound, OutcomeIsReported),
)
async def report_staff_exchange(id: UUID, asked: StaffExchangeReport, _: Recorder, session: Write) -> Response:
    """Say what came of an exchange."""
    await actions.report_exchange(session, id, asked.outcome)
    body = await written(session, queries.EXCHANGE, id=id)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.ethics_cases import actions, handlers, queries
from services.quality.ethics_cases.answers import CREATED, answer
from services.quality.ethics_cases.refusals import AccusedCannotKnow, ActorMustStay
from services.quality.ethics_cases.rules import (
    AlreadyReportedToPolice,
    OnlyTheLead,
    PoliceComesFirst,
    ProtectionComesFirst,
)
from services.quality.ethics_cases.schemas import (
    EthicsAcceptance,
    EthicsCaseOut,
    EthicsCasePage,
    EthicsCaseQuery,
    EthicsHandlerIn,
    EthicsHandlerOut,
    EthicsMembers,
    EthicsNote,
    EthicsPoliceReport,
    EthicsProtection,
)
from services.quality.keys import Keys
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState
from shared.schemas import In

router = APIRouter(prefix="/ethics-cases", tags=["ethics"], route_class=Route)
appointments = APIRouter(prefix="/ethics-handlers", tags=["ethics"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ETHICS])]
Handler = Annotated[Actor, Security(authorize, scopes=[May.HANDLE_ETHICS])]
Leader = Annotated[Actor, Security(authorize, scopes=[May.APPOINT_ETHICS_HANDLERS])]


class NoParameters(In):
    """A query without parameters: an unknown one is refused."""


@router.get(
    "",
    operation_id="list_ethics_cases",
    response_model=EthicsCasePage,
    responses=exports.responses(EthicsCasePage),
)
async def list_ethics_cases(
    query: Annotated[EthicsCaseQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the cases the caller knows of, and for an appointed handler the reports nobody has taken up."""
    return await exports.answer(request, reader, queries.CASES, query)


@router.get("/{id}", operation_id="get_ethics_case", response_model=EthicsCaseOut, responses=problems(NotFound))
async def get_ethics_case(id: UUID, caller: Reader, keys: Keys, session: Write) -> Response:
    """One case, for those who know of it. Every reading is recorded in the case."""
    await actions.open_case(session, caller, id)
    return await answer(session, keys, caller, id, status.HTTP_200_OK)


@router.post(
    "/{id}/acceptances",
    operation_id="accept_ethics_report",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AccusedCannotKnow),
)
async def accept_report(id: UUID, asked: EthicsAcceptance, caller: Handler, keys: Keys, session: Write) -> Response:
    """Take a report up 受理 and name who may know of it."""
    await actions.accept_report(session, caller, id, asked)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/dismissals",
    operation_id="dismiss_ethics_report",
    **CREATED,
    responses=problems(NotFound, NotInThisState, PoliceComesFirst, ProtectionComesFirst),
)
async def dismiss_report(id: UUID, asked: EthicsNote, caller: Handler, keys: Keys, session: Write) -> Response:
    """Do not take it up 不予立案, with the reason."""
    await actions.dismiss_report(session, caller, id, asked.note)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/members",
    operation_id="name_ethics_case_members",
    **CREATED,
    responses=problems(NotFound, NotInThisState, OnlyTheLead, AccusedCannotKnow, ActorMustStay),
)
async def name_members(id: UUID, asked: EthicsMembers, caller: Handler, keys: Keys, session: Write) -> Response:
    """Set who may know of the case; only its lead does."""
    await actions.name_members(session, caller, id, asked)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/protections", operation_id="protect_children", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def protect_children(id: UUID, asked: EthicsProtection, caller: Handler, keys: Keys, session: Write) -> Response:
    """Say what was done at once to protect the children."""
    await actions.protect_children(session, caller, id, asked.protection)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/police-reports",
    operation_id="report_ethics_case_to_police",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AlreadyReportedToPolice),
)
async def report_to_police(
    id: UUID, asked: EthicsPoliceReport, caller: Handler, keys: Keys, session: Write
) -> Response:
    """Record the mandatory report 强制报告 to the police and its receipt."""
    await actions.report_to_police(session, caller, id, asked)
    return await answer(session, keys, caller, id)


@appointments.get("", operation_id="list_ethics_handlers", response_model=list[EthicsHandlerOut])
async def list_ethics_handlers(_: Leader, __: Annotated[NoParameters, Query()], reader: Read) -> Response:
    """Who takes up reports, now and before."""
    found = await reader.row(queries.HANDLERS)
    return Response(found[0] if found else "[]", media_type="application/json")


@appointments.post(
    "",
    operation_id="appoint_ethics_handler",
    status_code=status.HTTP_201_CREATED,
    response_model=EthicsHandlerOut,
    responses=problems(NotFound),
)
async def appoint_ethics_handler(new: EthicsHandlerIn, caller: Leader, session: Write) -> Response:
    """Appoint an account to take up reports of a division."""
    made = await handlers.appoint_handler(session, caller, new)
    return Response(await written(session, queries.HANDLER, id=made), 201, media_type="application/json")


@appointments.post(
    "/{id}/endings",
    operation_id="end_ethics_handler",
    status_code=status.HTTP_201_CREATED,
    response_model=EthicsHandlerOut,
    responses=problems(NotFound),
)
async def end_ethics_handler(id: UUID, _: Leader, session: Write) -> Response:
    """End the appointment; cases the account is named on stay as they are."""
    await handlers.end_handler(session, id)
    return Response(await written(session, queries.HANDLER, id=id), 201, media_type="application/json")

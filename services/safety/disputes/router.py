from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import answer, seen
from services.safety.disputes import actions, queries
from services.safety.disputes.rules import MACHINE, EscalatedAlready, NotYetVisited
from services.safety.disputes.schemas import (
    DisputeAgreement,
    DisputeMediation,
    DisputeNew,
    DisputeOut,
    DisputePage,
    DisputeQuery,
    DisputeStep,
    DisputeVisit,
)
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/disputes", tags=["disputes"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DISPUTES])]
Worker = Annotated[Actor, Security(authorize, scopes=[May.WORK_DISPUTES])]
Visitor = Annotated[Actor, Security(authorize, scopes=[May.VISIT_DISPUTES])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": DisputeOut}


@router.get("", operation_id="list_disputes", response_model=DisputePage, responses=exports.responses(DisputePage))
async def list_disputes(query: Annotated[DisputeQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List disputes in the caller's scope."""
    return await exports.answer(request, reader, queries.DISPUTES, query)


@router.get("/{id}", operation_id="get_dispute", response_model=DisputeOut, responses=problems(NotFound))
async def get_dispute(id: UUID, caller: Reader, reader: Read) -> Response:
    """One dispute, what was done, and what the caller may do."""
    return await seen(reader, caller, queries.DISPUTE, MACHINE, "dispute", id)


@router.post("", operation_id="register_dispute", **CREATED, responses=problems(NotFound))
async def register_dispute(new: DisputeNew, caller: Worker, session: Write) -> Response:
    """Put a dispute on record 登记, with its risk."""
    made = await actions.register_dispute(session, caller, new)
    return await answer(session, caller, queries.DISPUTE, MACHINE, made)


@router.post(
    "/{id}/mediations",
    operation_id="mediate_dispute",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def mediate_dispute(id: UUID, asked: DisputeMediation, caller: Worker, session: Write) -> Response:
    """Record a mediation 调解."""
    await actions.mediate_dispute(session, caller, id, asked)
    return await answer(session, caller, queries.DISPUTE, MACHINE, id)


@router.post(
    "/{id}/escalations",
    operation_id="escalate_dispute",
    **CREATED,
    responses=problems(NotFound, NotInThisState, EscalatedAlready, FileUnknown),
)
async def escalate_dispute(id: UUID, asked: DisputeStep, caller: Worker, session: Write) -> Response:
    """Hand it up to town and district 上报."""
    await actions.escalate_dispute(session, caller, id, asked)
    return await answer(session, caller, queries.DISPUTE, MACHINE, id)


@router.post(
    "/{id}/agreements",
    operation_id="agree_dispute",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def agree_dispute(id: UUID, asked: DisputeAgreement, caller: Worker, session: Write) -> Response:
    """Record the agreement 协议."""
    await actions.agree_dispute(session, caller, id, asked)
    return await answer(session, caller, queries.DISPUTE, MACHINE, id)


@router.post(
    "/{id}/failures", operation_id="fail_dispute", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def fail_dispute(id: UUID, asked: DisputeStep, caller: Worker, session: Write) -> Response:
    """Record that mediation failed 调解不成."""
    await actions.fail_dispute(session, caller, id, asked)
    return await answer(session, caller, queries.DISPUTE, MACHINE, id)


@router.post(
    "/{id}/visits",
    operation_id="visit_family",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def visit_family(id: UUID, asked: DisputeVisit, caller: Visitor, session: Write) -> Response:
    """Ask the family afterwards 回访, by another than the mediator."""
    await actions.visit_family(session, caller, id, asked)
    return await answer(session, caller, queries.DISPUTE, MACHINE, id)


@router.post(
    "/{id}/archivings",
    operation_id="archive_dispute",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotYetVisited, FileUnknown),
)
async def archive_dispute(id: UUID, asked: DisputeStep, caller: Visitor, session: Write) -> Response:
    """Archive it 归档."""
    await actions.archive_dispute(session, caller, id, asked)
    return await answer(session, caller, queries.DISPUTE, MACHINE, id)

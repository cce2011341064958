from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.permissions import May
from services.registry.relation_agreements import actions, queries
from services.registry.relation_agreements.answers import CREATED, answer, days, read
from services.registry.relation_agreements.models import TAKEN, TWO_PEOPLE
from services.registry.relation_agreements.rules import AgreementForbidden, OutsideTheTerm
from services.registry.relation_agreements.schemas import (
    RelationAgreementNew,
    RelationAgreementOut,
    RelationAgreementPage,
    RelationAgreementQuery,
    RelationDecision,
    RelationEnding,
    RelationNote,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/relation-agreements", tags=["relation agreements"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RELATIONS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_RELATIONS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_RELATIONS])]


@router.get(
    "",
    operation_id="list_relation_agreements",
    response_model=RelationAgreementPage,
    responses=exports.responses(RelationAgreementPage),
)
async def list_relation_agreements(
    query: Annotated[RelationAgreementQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the agreements 分园、承办、合作、委托, the first to end first; `warning` finds what ends soon or has."""
    return await exports.answer(request, reader, queries.AGREEMENTS, query, **days(query.as_of or today()))


@router.get(
    "/{id}",
    operation_id="get_relation_agreement",
    response_model=RelationAgreementOut,
    responses=problems(NotFound),
)
async def get_relation_agreement(id: UUID, _: Reader, reader: Read) -> Response:
    """One agreement: its terms, what the check finds of them, every step, what the caller may do."""
    return await read(reader, id)


@router.post(
    "",
    operation_id="propose_relation_agreement",
    **CREATED,
    responses=problems(NotFound, AgreementForbidden, constraints=(TAKEN,)),
)
async def propose_relation_agreement(caller: Proposer, new: RelationAgreementNew, session: Write) -> Response:
    """File an agreement with a group or another kindergarten; a clause that pays out proceeds is refused (FIN-07)."""
    return await answer(session, caller, await actions.propose_agreement(session, caller, new))


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_relation_agreement",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def withdraw_relation_agreement(id: UUID, caller: Proposer, new: RelationNote, session: Write) -> Response:
    """Take it back 撤回 before it is decided."""
    await actions.withdraw_agreement(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/approvals",
    operation_id="approve_relation_agreement",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, AgreementForbidden, constraints=(TWO_PEOPLE,)),
)
async def approve_relation_agreement(id: UUID, caller: Decider, new: RelationDecision, session: Write) -> Response:
    """Put it on file 准予备案, by another person."""
    await actions.approve_agreement(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/refusals",
    operation_id="refuse_relation_agreement",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, constraints=(TWO_PEOPLE,)),
)
async def refuse_relation_agreement(id: UUID, caller: Decider, new: RelationDecision, session: Write) -> Response:
    """Decide against it 不予备案."""
    await actions.refuse_agreement(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/endings",
    operation_id="end_relation_agreement",
    **CREATED,
    responses=problems(NotFound, NotInThisState, OutsideTheTerm),
)
async def end_relation_agreement(id: UUID, caller: Decider, new: RelationEnding, session: Write) -> Response:
    """End it 终止 before its term is over, by its document."""
    await actions.end_agreement(session, caller, id, new)
    return await answer(session, caller, id)

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, Security

from services.quality.employment_bars.rules import NumberIsNotValid
from services.quality.ethics_cases import actions, deciding
from services.quality.ethics_cases.answers import CREATED, answer
from services.quality.ethics_cases.refusals import (
    BarNeedsTermAndNumber,
    ConfirmedNamesBehaviours,
    LeaderDecides,
    ListedAsSerious,
    UnconfirmedIsNotSanctioned,
)
from services.quality.ethics_cases.rules import (
    EthicsAppealPeriodOver,
    EthicsAppealPeriodRuns,
    PoliceComesFirst,
    ProtectionComesFirst,
    StatementPeriodRuns,
)
from services.quality.ethics_cases.schemas import (
    EthicsAppealDecision,
    EthicsDecision,
    EthicsFindings,
    EthicsHearing,
    EthicsNote,
    EthicsProposal,
)
from services.quality.keys import Keys
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.db import Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/ethics-cases", tags=["ethics"], route_class=Route)

Handler = Annotated[Actor, Security(authorize, scopes=[May.HANDLE_ETHICS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_ETHICS])]


@router.post(
    "/{id}/findings",
    operation_id="record_ethics_findings",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ProtectionComesFirst, PoliceComesFirst, NumberIsNotValid),
)
async def record_findings(id: UUID, asked: EthicsFindings, caller: Handler, keys: Keys, session: Write) -> Response:
    """End the investigation 调查终结; where a child may have been harmed, not before the police know."""
    await actions.record_findings(session, keys, caller, id, asked)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/notices",
    operation_id="notify_ethics_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, PoliceComesFirst, ProtectionComesFirst),
)
async def notify_person(id: UUID, asked: EthicsProposal, caller: Handler, keys: Keys, session: Write) -> Response:
    """Tell the person what is proposed 拟处理告知 and of the right to be heard."""
    await actions.notify_person(session, caller, id, asked.proposal)
    return await answer(session, keys, caller, id)


@router.post("/{id}/hearings", operation_id="hear_ethics_case", **CREATED, responses=problems(NotFound, NotInThisState))
async def hear_person(id: UUID, asked: EthicsHearing, caller: Handler, keys: Keys, session: Write) -> Response:
    """Record the statement 陈述申辩 or the hearing 听证, or that it was waived."""
    await actions.hear_person(session, caller, id, asked)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/decisions",
    operation_id="decide_ethics_case",
    **CREATED,
    responses=problems(
        NotFound,
        NotInThisState,
        AnotherPersonNeeded,
        StatementPeriodRuns,
        PoliceComesFirst,
        ProtectionComesFirst,
        LeaderDecides,
        ListedAsSerious,
        UnconfirmedIsNotSanctioned,
        ConfirmedNamesBehaviours,
        BarNeedsTermAndNumber,
    ),
)
async def decide_case(id: UUID, asked: EthicsDecision, caller: Decider, keys: Keys, session: Write) -> Response:
    """Decide by level; a confirmed serious violation vetoes the annual inspection of the year at once."""
    await deciding.decide_case(session, caller, id, asked)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/appeals",
    operation_id="appeal_ethics_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, EthicsAppealPeriodOver),
)
async def lodge_appeal(id: UUID, asked: EthicsNote, caller: Handler, keys: Keys, session: Write) -> Response:
    """Enter the person's appeal 申诉."""
    await actions.lodge_appeal(session, caller, id, asked.note)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/appeal-decisions",
    operation_id="decide_ethics_appeal",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def decide_appeal(id: UUID, asked: EthicsAppealDecision, caller: Decider, keys: Keys, session: Write) -> Response:
    """Answer the appeal; upheld, sanctions, bar and veto are revoked at once."""
    await deciding.decide_appeal(session, caller, id, asked)
    return await answer(session, keys, caller, id)


@router.post(
    "/{id}/conclusions",
    operation_id="conclude_ethics_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, EthicsAppealPeriodRuns),
)
async def conclude_case(id: UUID, caller: Handler, keys: Keys, session: Write) -> Response:
    """Close it once the period to appeal has passed."""
    await actions.conclude_case(session, caller, id)
    return await answer(session, keys, caller, id)

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, Security

from services.quality.annual_inspections import actions
from services.quality.annual_inspections.answers import CREATED, answer
from services.quality.annual_inspections.refusals import OnlyUnmetItemsAreOverturned
from services.quality.annual_inspections.rules import (
    AlreadyAppealed,
    AppealPeriodOver,
    AppealPeriodRuns,
    CorrectionStillRuns,
)
from services.quality.annual_inspections.schemas import (
    AnnualInspectionAppealDecision,
    AnnualInspectionDecision,
    AnnualInspectionNote,
)
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.db import Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/annual-inspections", tags=["annual inspections"], route_class=Route)

Principal = Annotated[Actor, Security(authorize, scopes=[May.SUBMIT_INSPECTIONS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_INSPECTIONS])]
Leader = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_INSPECTION_APPEALS])]


@router.post(
    "/{id}/decisions",
    operation_id="decide_annual_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, CorrectionStillRuns),
)
async def decide_annual_inspection(
    id: UUID, asked: AnnualInspectionDecision, caller: Decider, session: Write
) -> Response:
    """Decide 作出结论. The result follows from findings and facts; whoever assessed does not decide."""
    await actions.decide_inspection(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/appeals",
    operation_id="appeal_annual_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AlreadyAppealed, AppealPeriodOver),
)
async def appeal_annual_inspection(
    id: UUID, asked: AnnualInspectionNote, caller: Principal, session: Write
) -> Response:
    """Dispute the decision 申诉, once and in time."""
    await actions.appeal_inspection(session, caller, id, asked.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/appeal-decisions",
    operation_id="decide_annual_inspection_appeal",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, OnlyUnmetItemsAreOverturned),
)
async def decide_annual_inspection_appeal(
    id: UUID, asked: AnnualInspectionAppealDecision, caller: Leader, session: Write
) -> Response:
    """Answer the appeal; an upheld one is the next revision, announced at once."""
    await actions.decide_appeal(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/conclusions",
    operation_id="conclude_annual_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AppealPeriodRuns),
)
async def conclude_annual_inspection(id: UUID, caller: Decider, session: Write) -> Response:
    """Close it once the period to appeal has passed."""
    await actions.conclude_inspection(session, caller, id)
    return await answer(session, caller, id)

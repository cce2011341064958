from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, Security

from services.quality.evaluations import results
from services.quality.evaluations.answers import CREATED, answer
from services.quality.evaluations.refusals import DueTooLate, ItemNotScored
from services.quality.evaluations.rules import (
    AppealedOnce,
    AppealTimeOver,
    AppealTimeRuns,
    ImprovementVerified,
    NoImprovementPlan,
    TeamDoesNotModerate,
)
from services.quality.evaluations.schemas import EvaluationAppealDecision, EvaluationNote, ImprovementPlanIn
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.db import Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/evaluations", tags=["evaluations"], route_class=Route)

Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_EVALUATIONS])]
Publisher = Annotated[Actor, Security(authorize, scopes=[May.PUBLISH_EVALUATIONS])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_EVALUATIONS])]
Leader = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_EVALUATION_APPEALS])]


@router.post(
    "/{id}/moderations",
    operation_id="moderate_evaluation",
    **CREATED,
    responses=problems(NotFound, NotInThisState, TeamDoesNotModerate),
)
async def moderate_evaluation(id: UUID, asked: EvaluationNote, caller: Organiser, session: Write) -> Response:
    """Set points and grade by rule 审定; the team does not moderate its own result."""
    await results.moderate_evaluation(session, caller, id, asked.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/publications",
    operation_id="publish_evaluation",
    **CREATED,
    responses=problems(NotFound, NotInThisState, TeamDoesNotModerate),
)
async def publish_evaluation(id: UUID, caller: Publisher, session: Write) -> Response:
    """Publish the result provisionally 公示."""
    await results.publish_evaluation(session, caller, id)
    return await answer(session, caller, id)


@router.post(
    "/{id}/appeals",
    operation_id="appeal_evaluation",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AppealedOnce, AppealTimeOver),
)
async def appeal_evaluation(id: UUID, asked: EvaluationNote, caller: Principal, session: Write) -> Response:
    """Dispute the result 申诉, once and in time."""
    await results.appeal_evaluation(session, caller, id, asked.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/appeal-decisions",
    operation_id="decide_evaluation_appeal",
    **CREATED,
    responses=problems(NotFound, NotInThisState, TeamDoesNotModerate, AnotherPersonNeeded, ItemNotScored),
)
async def decide_evaluation_appeal(
    id: UUID, asked: EvaluationAppealDecision, caller: Leader, session: Write
) -> Response:
    """Answer the appeal; levels that were wrong are set and graded anew."""
    await results.decide_appeal(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/finalisations",
    operation_id="finalise_evaluation",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AppealTimeRuns),
)
async def finalise_evaluation(id: UUID, caller: Publisher, session: Write) -> Response:
    """Publish the final result."""
    await results.finalise_evaluation(session, caller, id)
    return await answer(session, caller, id)


@router.post(
    "/{id}/improvement-plans",
    operation_id="plan_improvement",
    **CREATED,
    responses=problems(NotFound, NotInThisState, DueTooLate, ItemNotScored, ImprovementVerified),
)
async def plan_improvement(id: UUID, asked: ImprovementPlanIn, caller: Principal, session: Write) -> Response:
    """Say what will be better, by whom and when."""
    await results.plan_improvement(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/improvement-verifications",
    operation_id="verify_improvement",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NoImprovementPlan, ImprovementVerified),
)
async def verify_improvement(id: UUID, asked: EvaluationNote, caller: Organiser, session: Write) -> Response:
    """Re-visit and find the improvement done."""
    await results.verify_improvement(session, caller, id, asked.note)
    return await answer(session, caller, id)

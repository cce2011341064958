from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.quality.evaluations import actions, queries
from services.quality.evaluations.answers import CREATED, answer, completed
from services.quality.evaluations.refusals import (
    ClassNotDrawn,
    LevelsLeftOut,
    NoClassesToSample,
    ObservationTooShort,
    ScoresLeftOut,
    TeamTooSmall,
)
from services.quality.evaluations.rules import AlreadyScored, ClassesNotObserved, NotInTheTeam
from services.quality.evaluations.schemas import (
    EvaluationNew,
    EvaluationObservationIn,
    EvaluationOut,
    EvaluationPage,
    EvaluationQuery,
    EvaluationReconciliation,
    EvaluationScores,
)
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/evaluations", tags=["evaluations"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EVALUATIONS])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_EVALUATIONS])]
Evaluator = Annotated[Actor, Security(authorize, scopes=[May.EVALUATE])]


@router.get(
    "", operation_id="list_evaluations", response_model=EvaluationPage, responses=exports.responses(EvaluationPage)
)
async def list_evaluations(
    query: Annotated[EvaluationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List evaluations in the caller's scope; grades stand there once they are published."""
    return await exports.answer(request, reader, queries.EVALUATIONS, query)


@router.get("/{id}", operation_id="get_evaluation", response_model=EvaluationOut, responses=problems(NotFound))
async def get_evaluation(id: UUID, caller: Reader, reader: Read) -> Response:
    """One evaluation, as far as the caller may see it now, with what the caller may do."""
    (body,) = await reader.one(queries.EVALUATION, "evaluation", id=id)
    return Response(completed(body, caller), media_type="application/json")


@router.post(
    "",
    operation_id="open_evaluation",
    **CREATED,
    responses=problems(NotFound, TeamTooSmall, constraints=("plan_is_carried_out_once",)),
)
async def open_evaluation(new: EvaluationNew, caller: Organiser, session: Write) -> Response:
    """Begin an evaluation that was planned."""
    return await answer(session, caller, await actions.open_evaluation(session, new))


@router.post(
    "/{id}/samples",
    operation_id="draw_evaluation_sample",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NoClassesToSample),
)
async def draw_evaluation_sample(id: UUID, caller: Organiser, session: Write) -> Response:
    """Draw at least a third of the classes of each age by a seed that is published."""
    await actions.draw_sample(session, caller, id)
    return await answer(session, caller, id)


@router.post(
    "/{id}/observations",
    operation_id="observe_class",
    **CREATED,
    responses=problems(
        NotFound, NotInThisState, NotInTheTeam, ClassNotDrawn, ObservationTooShort, ChildrenAreNotScored
    ),
)
async def observe_class(id: UUID, asked: EvaluationObservationIn, caller: Evaluator, session: Write) -> Response:
    """Record half a day in a class that was drawn."""
    await actions.observe_class(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/scores",
    operation_id="score_evaluation",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotInTheTeam, AlreadyScored, ClassesNotObserved, ScoresLeftOut),
)
async def score_evaluation(id: UUID, asked: EvaluationScores, caller: Evaluator, session: Write) -> Response:
    """Hand in one's own levels; nobody sees another's before all are in."""
    await actions.score_items(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/reconciliations",
    operation_id="reconcile_evaluation",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotInTheTeam, LevelsLeftOut),
)
async def reconcile_evaluation(
    id: UUID, asked: EvaluationReconciliation, caller: Evaluator, session: Write
) -> Response:
    """Agree on the items on which the team differed 校准."""
    await actions.reconcile_scores(session, caller, id, asked)
    return await answer(session, caller, id)

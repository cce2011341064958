from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.evaluation_cycles import actions, queries
from services.quality.evaluation_cycles.actions import (
    EvaluationBegun,
    EvaluatorHasAnInterest,
    EvaluatorIsLoaded,
    EvaluatorUnknown,
)
from services.quality.evaluation_cycles.schemas import (
    EvaluationCycleNew,
    EvaluationCycleOut,
    EvaluationPlanPage,
    EvaluationPlanQuery,
    EvaluationTeam,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/evaluation-cycles", tags=["evaluations"], route_class=Route)
plans = APIRouter(prefix="/evaluation-plans", tags=["evaluations"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EVALUATIONS])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_EVALUATIONS])]


@router.post(
    "",
    operation_id="plan_evaluation_cycle",
    status_code=status.HTTP_201_CREATED,
    response_model=EvaluationCycleOut,
    responses=problems(NotFound, constraints=("cycle_is_planned",)),
)
async def plan_evaluation_cycle(new: EvaluationCycleNew, caller: Organiser, session: Write) -> Response:
    """Plan three years: every kindergarten once, teams within load and without interest; the seed is published."""
    made = await actions.plan_cycle(session, caller, new)
    body = await written(session, queries.CYCLE, id=made, this_year=today().year)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/{id}", operation_id="get_evaluation_cycle", response_model=EvaluationCycleOut, responses=problems(NotFound)
)
async def get_evaluation_cycle(id: UUID, _: Organiser, reader: Read) -> Response:
    """A cycle and how it goes: planned, done, late, unstaffed, left out."""
    (body,) = await reader.one(queries.CYCLE, "evaluation cycle", id=id, this_year=today().year)
    return Response(body, media_type="application/json")


@router.post(
    "/{id}/replans",
    operation_id="replan_evaluation_cycle",
    status_code=status.HTTP_201_CREATED,
    response_model=EvaluationCycleOut,
    responses=problems(NotFound),
)
async def replan_evaluation_cycle(id: UUID, _: Organiser, session: Write) -> Response:
    """Take in kindergartens that came since and fill teams anew; what has begun stays."""
    await actions.replan_cycle(session, id)
    body = await written(session, queries.CYCLE, id=id, this_year=today().year)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@plans.get(
    "",
    operation_id="list_evaluation_plans",
    response_model=EvaluationPlanPage,
    responses=exports.responses(EvaluationPlanPage),
)
async def list_evaluation_plans(
    query: Annotated[EvaluationPlanQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List which kindergarten is evaluated when and by whom, and how far that drifts."""
    return await exports.answer(request, reader, queries.PLANS, query, this_year=today().year)


@plans.post(
    "/{id}/teams",
    operation_id="change_evaluation_team",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, EvaluationBegun, EvaluatorHasAnInterest, EvaluatorIsLoaded, EvaluatorUnknown),
)
async def change_evaluation_team(id: UUID, asked: EvaluationTeam, _: Organiser, session: Write) -> None:
    """Set a team by hand, within the same limits."""
    await actions.change_team(session, id, asked.team)

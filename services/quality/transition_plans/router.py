from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.steps.queries import steps_of
from services.quality.transition_plans import actions
from services.quality.transition_plans.actions import ClassIsNotTheLastYear
from services.quality.transition_plans.models import TransitionPlan
from services.quality.transition_plans.rules import MACHINE
from services.quality.transition_plans.schemas import (
    TransitionPlanContent,
    TransitionPlanNew,
    TransitionPlanNote,
    TransitionPlanOut,
    TransitionPlanPage,
    TransitionPlanQuery,
    TransitionPlanRow,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/transition-plans", tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRANSITION])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.PLAN_TRANSITION])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_TRANSITION])]
_row = TransitionPlan.__table__.c
PLANS = Listing(
    "transition-plans",
    select(*(_row[n] for n in TransitionPlanRow.model_fields)),
    _row.id,
    {"filed_on": _row.filed_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "school_year": _row.school_year == bindparam("school_year"),
        "state": _row.state == bindparam("state"),
    },
)
_whole = [_row[n] for n in TransitionPlanOut.model_fields if n not in ("steps", "actions")]
PLAN = one(select(*_whole, steps_of(TransitionPlan.__table__).label("steps")).where(_row.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_transition_plans",
    response_model=TransitionPlanPage,
    responses=exports.responses(TransitionPlanPage),
)
async def list_transition_plans(
    query: Annotated[TransitionPlanQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the last term's plans of big classes 大班末期衔接计划."""
    return await exports.answer(request, reader, PLANS, query)


@router.get("/{id}", operation_id="get_transition_plan", response_model=TransitionPlanOut, responses=problems(NotFound))
async def get_transition_plan(id: UUID, caller: Reader, reader: Read) -> Response:
    """One plan, its review, and what the caller may do."""
    (body,) = await reader.one(PLAN, "transition plan", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, PLAN, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="file_transition_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPlanOut,
    responses=problems(NotFound, ClassIsNotTheLastYear, ChildrenAreNotScored, constraints=("class_has_its_plan",)),
)
async def file_transition_plan(new: TransitionPlanNew, caller: Planner, session: Write) -> Response:
    """File the plan of a big class for its last term, in the four areas of 入学准备."""
    return await _shown(session, caller, await actions.file_plan(session, caller, new))


@router.post(
    "/{id}/filings",
    operation_id="refile_transition_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPlanOut,
    responses=problems(NotFound, NotInThisState, ChildrenAreNotScored),
)
async def refile_transition_plan(id: UUID, asked: TransitionPlanContent, caller: Planner, session: Write) -> Response:
    """File a returned plan again."""
    await actions.file_again(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/acceptances",
    operation_id="accept_transition_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def accept_transition_plan(id: UUID, asked: TransitionPlanNote, caller: Reviewer, session: Write) -> Response:
    """Accept the plan."""
    await actions.review_plan(session, caller, id, "accept", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/returns",
    operation_id="return_transition_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=TransitionPlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def return_transition_plan(id: UUID, asked: TransitionPlanNote, caller: Reviewer, session: Write) -> Response:
    """Send the plan back, saying what to change."""
    await actions.review_plan(session, caller, id, "return", asked.note)
    return await _shown(session, caller, id)

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.support_cases import actions, queries
from services.quality.support_cases.actions import GoalUnknown, NotWeakByTheRule
from services.quality.support_cases.rules import MACHINE, ReviewComesFirst, StillWeakByTheRule
from services.quality.support_cases.schemas import (
    SupportCaseNew,
    SupportCaseOut,
    SupportCasePage,
    SupportCaseQuery,
    SupportFigureQuery,
    SupportFigures,
    SupportNote,
    SupportPlan,
    SupportReview,
)
from services.quality.weak_kindergartens.actions import asked_of_lists
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(tags=["support"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUPPORT])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_SUPPORT])]
Releaser = Annotated[Actor, Security(authorize, scopes=[May.RELEASE_SUPPORT])]


@router.get(
    "/support-cases",
    operation_id="list_support_cases",
    response_model=SupportCasePage,
    responses=exports.responses(SupportCasePage),
)
async def list_support_cases(
    query: Annotated[SupportCaseQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List support of weak kindergartens 薄弱园帮扶; `overdue=true` leaves those not reviewed in time."""
    day = today()
    return await exports.answer(request, reader, queries.CASES, query, today=day, **asked_of_lists(day))


@router.get("/support-coverage/figures", operation_id="get_support_figures", response_model=SupportFigures)
async def get_support_figures(query: Annotated[SupportFigureQuery, Query()], _: Reader, reader: Read) -> Response:
    """How many are weak by the rule, how many of them are supported and paired, and which reviews are late."""
    asked = asked_of_lists(query.as_of or today())
    (body,) = await reader.one(queries.FIGURES, "figures", today=today(), **asked)
    return Response(body, media_type="application/json")


@router.get(
    "/support-cases/{id}",
    operation_id="get_support_case",
    response_model=SupportCaseOut,
    responses=problems(NotFound),
)
async def get_support_case(id: UUID, caller: Reader, reader: Read) -> Response:
    """One case: the facts and reasons it was identified by, its plan, reviews, and what the caller may do."""
    (body,) = await reader.one(queries.CASE, "support case", id=id, today=today(), **asked_of_lists(today()))
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.CASE, id=id, today=today(), **asked_of_lists(today()))
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/support-cases",
    operation_id="identify_weak_kindergarten",
    status_code=status.HTTP_201_CREATED,
    response_model=SupportCaseOut,
    responses=problems(NotFound, NotWeakByTheRule, constraints=("supported_already",)),
)
async def identify_weak_kindergarten(new: SupportCaseNew, caller: Organiser, session: Write) -> Response:
    """Identify a weak kindergarten by the rule; facts, reasons and the edition of the rule are kept."""
    return await _shown(session, caller, await actions.identify(session, caller, new))


@router.post(
    "/support-cases/{id}/plans",
    operation_id="plan_support",
    status_code=status.HTTP_201_CREATED,
    response_model=SupportCaseOut,
    responses=problems(NotFound, NotInThisState),
)
async def plan_support(id: UUID, asked: SupportPlan, caller: Organiser, session: Write) -> Response:
    """Set the goals, how each is measured, who answers for it and by when."""
    await actions.plan(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/support-cases/{id}/reviews",
    operation_id="review_support",
    status_code=status.HTTP_201_CREATED,
    response_model=SupportCaseOut,
    responses=problems(NotFound, NotInThisState, GoalUnknown),
)
async def review_support(id: UUID, asked: SupportReview, caller: Organiser, session: Write) -> Response:
    """Review the support: which goals are reached; the next review is due after the district's days."""
    await actions.review(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/support-cases/{id}/releases",
    operation_id="release_from_support",
    status_code=status.HTTP_201_CREATED,
    response_model=SupportCaseOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, ReviewComesFirst, StillWeakByTheRule),
)
async def release_from_support(id: UUID, asked: SupportNote, caller: Releaser, session: Write) -> Response:
    """Release it: reviewed, and by the rule weak no more; by another person than who identified it."""
    await actions.release(session, caller, id, asked.note)
    return await _shown(session, caller, id)

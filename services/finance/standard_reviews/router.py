from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from services.finance.standard_reviews import actions, queries
from services.finance.standard_reviews.schemas import (
    DueReviewPage,
    DueReviewQuery,
    StandardReviewDecision,
    StandardReviewNew,
    StandardReviewOut,
    StandardReviewPage,
    StandardReviewQuery,
    TriggerPage,
    TriggerQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(prefix="/standard-reviews", tags=["standard reviews"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SCENARIOS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_SCENARIOS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_SCENARIOS])]


@router.get(
    "",
    operation_id="list_standard_reviews",
    response_model=StandardReviewPage,
    responses=exports.responses(StandardReviewPage),
)
async def list_reviews(
    query: Annotated[StandardReviewQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what was decided about standards 标准复核: kept, or changed by which scenario and document."""
    return await exports.answer(request, reader, queries.REVIEWS, query)


@router.get(
    "/calendar",
    operation_id="list_due_standard_reviews",
    response_model=DueReviewPage,
    responses=exports.responses(DueReviewPage),
)
async def list_calendar(
    query: Annotated[DueReviewQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """复核日历: every standard in force, when it was set or reviewed last and when its turn comes."""
    return await exports.answer(request, reader, queries.CALENDAR, query, as_of=query.as_of or today())


@router.get(
    "/triggers",
    operation_id="list_review_triggers",
    response_model=TriggerPage,
    responses=exports.responses(TriggerPage),
)
async def list_triggers(query: Annotated[TriggerQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """触发指标 of a year: cost per child, household income, burden of fees, coverage of cost, against thresholds."""
    return await exports.answer(request, reader, queries.TRIGGERS, query, year=query.year)


@router.get("/{id}", operation_id="get_standard_review", response_model=StandardReviewOut, responses=problems(NotFound))
async def get_review(id: UUID, _: Reader, reader: Read) -> Response:
    """One decision about a standard."""
    return tagged(*await reader.one(queries.REVIEW, "standard review", id=id))


@router.post(
    "",
    operation_id="propose_keeping_standard",
    status_code=status.HTTP_201_CREATED,
    response_model=StandardReviewOut,
    responses=problems(DistrictDecides),
)
async def propose_keeping(new: StandardReviewNew, caller: Proposer, session: Write) -> Response:
    """Propose that a standard stays after its review; to change it, approve a scenario."""
    made = await actions.propose_keeping(session, caller, new)
    body, version = await written_row(session, queries.REVIEW, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_keeping_standard",
    response_model=StandardReviewOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def decide_keeping(id: UUID, said: StandardReviewDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject that a standard stays; approved, its next turn is counted from the day of the review."""
    await actions.decide_keeping(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, queries.REVIEW, id=id))

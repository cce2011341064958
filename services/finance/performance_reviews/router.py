from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Integer, Text, bindparam, cast, column, select

from services.finance.performance_reviews import actions
from services.finance.performance_reviews.models import REVIEWED_ONCE, PerformanceReview
from services.finance.performance_reviews.schemas import (
    ExternalEvaluation,
    PerformanceReviewOut,
    PerformanceReviewPage,
    PerformanceReviewQuery,
    Rectification,
    SelfEvaluation,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/performance-reviews", tags=["performance reviews"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BUDGETS])]
Spender = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_BUDGETS])]
Evaluator = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_BUDGETS])]
_row = PerformanceReview.__table__.c
_scores = {name: cast(_row[name], Text).label(name) for name in ("self_score", "score")}
_columns = select(*(_scores.get(name, _row[name]) for name in PerformanceReviewOut.model_fields))
REVIEWS = Listing(
    "performance-reviews",
    _columns,
    _row.id,
    {"year": _row.year},
    {
        "programme": _row.programme == bindparam("programme"),
        "year": _row.year == bindparam("year", type_=Integer),
        "grade": _row.grade == bindparam("grade"),
    },
)
REVIEW = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_performance_reviews",
    response_model=PerformanceReviewPage,
    responses=exports.responses(PerformanceReviewPage),
)
async def list_reviews(
    query: Annotated[PerformanceReviewQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the performance reviews 绩效评价 of subsidy money."""
    return await exports.answer(request, reader, REVIEWS, query)


@router.get(
    "/{id}", operation_id="get_performance_review", response_model=PerformanceReviewOut, responses=problems(NotFound)
)
async def get_review(id: UUID, _: Reader, reader: Read) -> Response:
    """One performance review: both sheets of indicators, grade, opinion, rectification."""
    return tagged(*await reader.one(REVIEW, "performance review", id=id))


@router.post(
    "",
    operation_id="self_evaluate_programme",
    status_code=status.HTTP_201_CREATED,
    response_model=PerformanceReviewOut,
    responses=problems(DistrictDecides, constraints=(REVIEWED_ONCE,)),
)
async def self_evaluate(new: SelfEvaluation, caller: Spender, session: Write) -> Response:
    """Evaluate one's own programme 绩效自评: weights add up to 100, output and benefit weigh 60 or more."""
    made = await actions.self_evaluate(session, caller, new)
    body, version = await written_row(session, REVIEW, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/evaluations",
    operation_id="evaluate_programme",
    response_model=PerformanceReviewOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def evaluate(id: UUID, said: ExternalEvaluation, caller: Evaluator, session: Write) -> Response:
    """Evaluate by another person 绩效评价: the grade follows from the score and counts for next year's budget."""
    await actions.evaluate(session, caller, id, said)
    return tagged(*await written_row(session, REVIEW, id=id))


@router.post(
    "/{id}/rectifications",
    operation_id="rectify_programme",
    response_model=PerformanceReviewOut,
    responses=problems(NotFound, NoSuchStep),
)
async def rectify(id: UUID, said: Rectification, _: Spender, session: Write) -> Response:
    """Report what was put right 整改."""
    await actions.rectify(session, id, said.rectification)
    return tagged(*await written_row(session, REVIEW, id=id))

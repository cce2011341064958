from typing import Annotated

from fastapi import APIRouter, Query, Security

from services.registry.permissions import May
from services.registry.plan_scorecards import answers
from services.registry.plan_scorecards.schemas import MatrixQuery, ResponsibilityMatrix, ScorecardQuery, Scorecards
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/plan", tags=["plan scorecards"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]


@router.get("/scorecards", operation_id="list_plan_scorecards", responses=problems(NotFound))
async def list_plan_scorecards(query: Annotated[ScorecardQuery, Query()], _: Reader, reader: Read) -> Scorecards:
    """The scorecard of each town and department 综合督导, on a day: points, and the reason for each missing one."""
    return await answers.scorecards(reader, query.as_of or today(), query.kind, query.unit)


@router.get("/matrix", operation_id="get_responsibility_matrix", responses=problems(NotFound))
async def get_responsibility_matrix(
    query: Annotated[MatrixQuery, Query()], _: Reader, reader: Read
) -> ResponsibilityMatrix:
    """Who leads and who assists each measure 责任分工矩阵: units × measures."""
    return await answers.matrix(reader, query.as_of or today(), query.unit)

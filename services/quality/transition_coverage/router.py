from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.quality.permissions import May
from services.quality.school_years import year_on
from services.quality.transition_coverage import queries
from services.quality.transition_coverage.schemas import (
    TransitionCoveragePage,
    TransitionCoverageQuery,
    TransitionFigureQuery,
    TransitionFigures,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/transition-coverage", tags=["transition to school"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_TRANSITION])]


@router.get(
    "",
    operation_id="list_transition_coverage",
    response_model=TransitionCoveragePage,
    responses=exports.responses(TransitionCoveragePage),
)
async def list_transition_coverage(
    query: Annotated[TransitionCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Each kindergarten's pairs, activities, plans of big classes and measures; `covered=false` is the work list."""
    return await exports.answer(request, reader, queries.COVERAGE, query, **year_on(query.as_of or today()))


@router.get("/figures", operation_id="get_transition_figures", response_model=TransitionFigures)
async def get_transition_figures(query: Annotated[TransitionFigureQuery, Query()], _: Reader, reader: Read) -> Response:
    """Coverage as figures: kindergartens and schools paired, activities of the year, plans filed."""
    (body,) = await reader.one(queries.FIGURES, "figures", **year_on(query.as_of or today()))
    return Response(body, media_type="application/json")

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.quality.family_coverage import queries
from services.quality.family_coverage.schemas import (
    FamilyCoveragePage,
    FamilyCoverageQuery,
    FamilyFigureQuery,
    FamilyFigures,
)
from services.quality.permissions import May
from services.quality.school_years import year_on
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/family-coverage", tags=["families"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FAMILIES])]


@router.get(
    "",
    operation_id="list_family_coverage",
    response_model=FamilyCoveragePage,
    responses=exports.responses(FamilyCoveragePage),
)
async def list_family_coverage(
    query: Annotated[FamilyCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Kindergarten by stage: courses for parents held ahead of need; `covered=false` is the work list."""
    return await exports.answer(request, reader, queries.COVERAGE, query, **year_on(query.as_of or today()))


@router.get("/figures", operation_id="get_family_figures", response_model=FamilyFigures)
async def get_family_figures(query: Annotated[FamilyFigureQuery, Query()], _: Reader, reader: Read) -> Response:
    """Coverage of families as figures: stages, attendance, committees, community, guidance confirmed."""
    (body,) = await reader.one(queries.FIGURES, "figures", **year_on(query.as_of or today()))
    return Response(body, media_type="application/json")

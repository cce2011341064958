from typing import Annotated

from fastapi import APIRouter, Query, Response, Security

from services.quality.overview.queries import OVERVIEW
from services.quality.overview.schemas import OverviewQuery, QualityOverview
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(tags=["overview"], route_class=Route)

Overseer = Annotated[Actor, Security(authorize, scopes=[May.READ_OVERVIEW])]


@router.get("/quality-overview", operation_id="get_quality_overview", response_model=QualityOverview)
async def get_quality_overview(_: Overseer, query: Annotated[OverviewQuery, Query()], reader: Read) -> Response:
    """保教质量总览 (二-7): points by area and trend by round, weakest points, visits, annual inspections."""
    binds = {"division": query.division or "", "framework": query.framework, "as_of": query.as_of or today()}
    (body,) = await reader.one(OVERVIEW, "overview", **binds)
    return Response(body, media_type="application/json")

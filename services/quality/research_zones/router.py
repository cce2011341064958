from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from services.quality.research_zones import actions, queries
from services.quality.research_zones.rules import term_of
from services.quality.research_zones.schemas import (
    ResearchCoveragePage,
    ResearchCoverageQuery,
    ResearchFigure,
    ResearchZoneNew,
    ResearchZoneOut,
    ZoneMembersPut,
    ZoneQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.schemas import In

router = APIRouter(tags=["teaching research"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RESEARCH])]
Organiser = Annotated[Actor, Security(authorize, scopes=[May.ORGANISE_RESEARCH])]


class NothingAsked(In):
    """A query without parameters: an unknown one is refused."""


def _most() -> int:
    return number(PARAMETERS, "researcher_load", today())


@router.get("/research-zones", operation_id="list_research_zones", response_model=list[ResearchZoneOut])
async def list_research_zones(_: Reader, query: Annotated[ZoneQuery, Query()], reader: Read) -> Response:
    """Zones 片区 and alliances 联盟 with their researchers and these persons' load."""
    found = await reader.row(queries.ZONES, most=_most(), kind=query.kind)
    return Response(found[0] if found else "[]", media_type="application/json")


@router.post(
    "/research-zones",
    operation_id="form_research_zone",
    status_code=status.HTTP_201_CREATED,
    response_model=ResearchZoneOut,
    responses=problems(NotFound, constraints=("zone_name_taken",)),
)
async def form_research_zone(new: ResearchZoneNew, caller: Organiser, session: Write) -> Response:
    """Form a zone or an alliance under a researcher (教研员片区工作负责制)."""
    made = await actions.form_zone(session, caller, new)
    body = await written(session, queries.ZONE, id=made, most=_most())
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.put(
    "/research-zones/{id}/members",
    operation_id="put_research_zone_members",
    response_model=ResearchZoneOut,
    responses=problems(NotFound),
)
async def put_research_zone_members(id: UUID, put: ZoneMembersPut, _: Organiser, session: Write) -> Response:
    """Set who belongs to it. A kindergarten is in one zone: it leaves the one it was in."""
    await actions.set_members(session, id, put.kindergartens)
    body = await written(session, queries.ZONE, id=id, most=_most())
    return Response(body, media_type="application/json")


@router.get(
    "/research-coverage",
    operation_id="list_research_coverage",
    response_model=ResearchCoveragePage,
    responses=exports.responses(ResearchCoveragePage),
)
async def list_research_coverage(
    query: Annotated[ResearchCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Which kindergarten is in which zone and how often it took part this term (QUA-09)."""
    term, following = term_of(today())
    return await exports.answer(request, reader, queries.COVERAGE, query, term=term, next_term=following)


@router.get("/research-coverage/figure", operation_id="get_research_figure", response_model=ResearchFigure)
async def get_research_figure(_: Reader, __: Annotated[NothingAsked, Query()], reader: Read) -> Response:
    """教研覆盖率 as it stands now, in the caller's scope."""
    term, following = term_of(today())
    planned = number(PARAMETERS, "alliances_planned", today())
    (body,) = await reader.one(queries.FIGURE, "figure", term=term, next_term=following, planned=planned)
    return Response(body, media_type="application/json")

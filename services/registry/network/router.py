from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.registry.divisions.schemas import DIVISION
from services.registry.network import actions, answers, queries
from services.registry.network.schemas import (
    DistanceQuery,
    DistanceReport,
    DivisionPlaceOut,
    DivisionPlacePut,
    NetworkMap,
    NetworkQuery,
    PlaceTagPut,
    SeatReport,
    TagReport,
    TownReport,
    TownReportQuery,
)
from services.registry.permissions import May
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Database, Read, Reader, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(prefix="/network", tags=["network"], route_class=Route)
public = APIRouter(prefix="/public", tags=["public"], route_class=Route)

Analyst = Annotated[Actor, Security(authorize, scopes=[May.READ_NETWORK])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_NETWORK])]
Code = Annotated[str, Path(pattern=DIVISION, description="Code of the division.")]
Tag = Annotated[str, Path(pattern=r"^[a-z_]+$", max_length=50, description="Code list `site_tag`.")]
GEOJSON = "application/geo+json"
MAP: dict[int | str, dict[str, object]] = {
    200: {"content": {GEOJSON: {"schema": {"$ref": "#/components/schemas/NetworkMap"}}}}
}


@router.get("/coverage", operation_id="get_network_coverage", response_model=NetworkMap, responses=MAP)
async def get_network_coverage(query: Annotated[NetworkQuery, Query()], _: Analyst, reader: Read) -> Response:
    """The coverage map as GeoJSON: outline, towns, kindergartens and campuses with zone, type, seats, vacancies."""
    found = await answers.coverage(reader, query.as_of or today(), query.division)
    return Response(found.model_dump_json(), media_type=GEOJSON)


@router.get("/seats", operation_id="get_seat_report", responses=problems(NotFound))
async def get_seat_report(query: Annotated[NetworkQuery, Query()], _: Analyst, reader: Read) -> SeatReport:
    """Seats by zone and type 城区、平原、山区, with totals."""
    return await answers.seat_report(reader, query.as_of or today(), query.division)


@router.get("/towns", operation_id="get_town_report", responses=problems(NotFound))
async def get_town_report(query: Annotated[TownReportQuery, Query()], _: Analyst, reader: Read) -> TownReport:
    """The towns: used and vacant seats, people of age, the public centre kindergarten, and what is lacking."""
    found = await answers.town_report(reader, query.as_of or today(), query.division)
    items = [
        each
        for each in found.items
        if query.zone in (None, each.zone) and (query.gap is None or bool(each.gaps) == query.gap)
    ]
    return found.model_copy(update={"items": items})


@router.get("/distances", operation_id="get_distance_report", responses=problems(NotFound))
async def get_distance_report(query: Annotated[DistanceQuery, Query()], _: Analyst, reader: Read) -> DistanceReport:
    """From each town and village whose place is known to the nearest kindergarten, and the nearest public one."""
    return await answers.distance_report(
        reader, query.as_of or today(), query.division, query.farther_than, unplaced=query.unplaced
    )


@router.get("/tags/{tag}", operation_id="get_tag_report", responses=problems(NotFound))
async def get_tag_report(tag: Tag, query: Annotated[NetworkQuery, Query()], _: Analyst, reader: Read) -> TagReport:
    """Demand and seats of what carries a tag: 怀柔科学城."""
    return await answers.tag_report(reader, tag, query.as_of or today())


@router.put(
    "/places/{code}", operation_id="put_division_place", response_model=DivisionPlaceOut, responses=problems(NotFound)
)
async def put_division_place(code: Code, caller: Planner, put: DivisionPlacePut, session: Write) -> Response:
    """Enter where a division lies: its seat, and its outline where one is known."""
    await actions.put_place(session, caller, code, put)
    return tagged(*await written_row(session, queries.PLACE, division=code))


@router.put(
    "/tags/{tag}/divisions/{code}",
    operation_id="tag_division",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound),
)
async def tag_division(tag: Tag, code: Code, caller: Planner, put: PlaceTagPut, session: Write) -> None:
    """Mark a whole division, such as a village inside 怀柔科学城."""
    await actions.tag_division(session, caller, tag, code, put)


@router.put(
    "/tags/{tag}/kindergartens/{id}",
    operation_id="tag_kindergarten",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound),
)
async def tag_kindergarten(tag: Tag, id: UUID, _: Planner, put: PlaceTagPut, session: Write) -> None:
    """Mark one kindergarten."""
    await actions.tag_kindergarten(session, tag, id, put)


@public.get("/network", operation_id="get_public_network", response_model=NetworkMap, responses=MAP)
async def get_public_network(request: Request) -> Response:
    """The map for the public: kindergartens that operate today with type, seats and vacancies; no token is needed."""
    database: Database = request.app.state.database
    found = await answers.coverage(Reader(database, database.system), today(), None, public=True)
    return Response(found.model_dump_json(), media_type=GEOJSON)

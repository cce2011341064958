from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.permissions import May
from services.registry.premises import actions, queries
from services.registry.premises.models import BUILDING_LASTS, ROOM_LASTS, ROOM_OF_ITS_KINDERGARTEN
from services.registry.premises.reports import days
from services.registry.premises.schemas import (
    AppraisalNew,
    BuildingChange,
    BuildingNew,
    BuildingOut,
    BuildingPage,
    BuildingQuery,
    PremisesRoomChange,
    PremisesRoomNew,
    PremisesRoomOut,
    PremisesRoomPage,
    PremisesRoomQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/buildings", tags=["premises"], route_class=Route)
rooms = APIRouter(prefix="/rooms", tags=["premises"], route_class=Route)

Viewer = Annotated[Actor, Security(authorize, scopes=[May.READ_PREMISES])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PREMISES])]


@router.get("", operation_id="list_buildings", response_model=BuildingPage, responses=exports.responses(BuildingPage))
async def list_buildings(
    query: Annotated[BuildingQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """List buildings 园舍 in use on a day, with where their appraisals stand 抗震、消防."""
    return await exports.answer(request, reader, queries.BUILDINGS, query, **days(query.as_of or today()))


@router.get("/{id}", operation_id="get_building", response_model=BuildingOut, responses=problems(NotFound))
async def get_building(id: UUID, _: Viewer, reader: Read) -> Response:
    """One building: every appraisal, and its rooms."""
    return tagged(*await reader.one(queries.BUILDING, "building", id=id, **days(today())))


@router.post(
    "",
    operation_id="register_building",
    status_code=status.HTTP_201_CREATED,
    response_model=BuildingOut,
    responses=problems(NotFound),
)
async def register_building(new: BuildingNew, _: Keeper, session: Write) -> Response:
    """Enter a building of a kindergarten, at its main address or on a campus."""
    made = await actions.register_building(session, new)
    body, version = await written_row(session, queries.BUILDING, id=made, **days(today()))
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="change_building",
    response_model=BuildingOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=(BUILDING_LASTS,)),
)
async def change_building(id: UUID, change: BuildingChange, version: IfMatch, _: Keeper, session: Write) -> Response:
    """Change a building, or end its use; `If-Match` names its version."""
    await actions.change_building(session, id, version, change)
    return tagged(*await written_row(session, queries.BUILDING, id=id, **days(today())))


@router.post(
    "/{id}/appraisals",
    operation_id="appraise_building",
    status_code=status.HTTP_201_CREATED,
    response_model=BuildingOut,
    responses=problems(NotFound),
)
async def appraise_building(id: UUID, new: AppraisalNew, caller: Keeper, session: Write) -> Response:
    """Record an appraisal 鉴定; the latest of its kind counts."""
    await actions.appraise_building(session, caller, id, new)
    body, version = await written_row(session, queries.BUILDING, id=id, **days(today()))
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/rooms",
    operation_id="register_room",
    status_code=status.HTTP_201_CREATED,
    response_model=PremisesRoomOut,
    responses=problems(NotFound, constraints=(ROOM_OF_ITS_KINDERGARTEN,)),
)
async def register_room(id: UUID, new: PremisesRoomNew, _: Keeper, session: Write) -> Response:
    """Enter a room of a building."""
    made = await actions.register_room(session, id, new)
    body, version = await written_row(session, queries.ROOM, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@rooms.get(
    "", operation_id="list_rooms", response_model=PremisesRoomPage, responses=exports.responses(PremisesRoomPage)
)
async def list_rooms(
    query: Annotated[PremisesRoomQuery, Query()], request: Request, _: Viewer, reader: Read
) -> Response:
    """List rooms in use on a day."""
    return await exports.answer(request, reader, queries.ROOMS, query, as_of=query.as_of or today())


@rooms.get("/{id}", operation_id="get_room", response_model=PremisesRoomOut, responses=problems(NotFound))
async def get_room(id: UUID, _: Viewer, reader: Read) -> Response:
    """One room."""
    return tagged(*await reader.one(queries.ROOM, "room", id=id))


@rooms.patch(
    "/{id}",
    operation_id="change_room",
    response_model=PremisesRoomOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=(ROOM_LASTS, ROOM_OF_ITS_KINDERGARTEN)),
)
async def change_room(id: UUID, change: PremisesRoomChange, version: IfMatch, _: Keeper, session: Write) -> Response:
    """Change a room, or end its use; `If-Match` names its version."""
    await actions.change_room(session, id, version, change)
    return tagged(*await written_row(session, queries.ROOM, id=id))

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.quality.equipment import actions, queries
from services.quality.equipment.actions import EquipmentListFollowed, ItemIsListedTwice, ItemStandsElsewhere
from services.quality.equipment.schemas import (
    ITEM,
    PLACE,
    EquipmentCoveragePage,
    EquipmentCoverageQuery,
    EquipmentGapPage,
    EquipmentGapQuery,
    EquipmentHoldingOut,
    EquipmentHoldingPut,
    EquipmentListNew,
    EquipmentListOut,
    EquipmentListQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["equipment"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EQUIPMENT])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_EQUIPMENT])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.PUBLISH_EQUIPMENT_LISTS])]


@router.get(
    "/equipment-list", operation_id="get_equipment_list", response_model=EquipmentListOut, responses=problems(NotFound)
)
async def get_equipment_list(query: Annotated[EquipmentListQuery, Query()], _: Reader, reader: Read) -> Response:
    """The list of equipment 玩教具配备目录 in force on a day."""
    (body,) = await reader.one(queries.LIST, "equipment list", as_of=query.as_of or today())
    return Response(body, media_type="application/json")


@router.post(
    "/equipment-lists",
    operation_id="publish_equipment_list",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentListOut,
    responses=problems(EquipmentListFollowed, ItemIsListedTwice),
)
async def publish_equipment_list(new: EquipmentListNew, caller: Officer, session: Write) -> Response:
    """Enter the official list, or the district's own, from a day on."""
    await actions.publish_list(session, caller, new)
    body = await written(session, queries.LIST, as_of=new.since)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.put(
    "/equipment/{kindergarten}/{place}/{item}",
    operation_id="count_equipment",
    response_model=EquipmentHoldingOut,
    responses=problems(NotFound, ItemStandsElsewhere, constraints=("usable_are_among_all",)),
)
async def count_equipment(
    kindergarten: UUID,
    place: Annotated[str, Path(description="A class, or `shared`.", pattern=PLACE)],
    item: Annotated[str, Path(pattern=ITEM)],
    put: EquipmentHoldingPut,
    _: Keeper,
    session: Write,
) -> Response:
    """Say how many of an item stand in a class or for all, and how many of them are fit for use."""
    await actions.count(session, kindergarten, place, item, put)
    body = await written(session, queries.HOLDING, kindergarten=kindergarten, place=place, item=item)
    return Response(body, media_type="application/json")


@router.get(
    "/equipment-gaps",
    operation_id="list_equipment_gaps",
    response_model=EquipmentGapPage,
    responses=exports.responses(EquipmentGapPage),
)
async def list_equipment_gaps(
    query: Annotated[EquipmentGapQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The inventory against the list, line by line and place by place; `short=true` leaves the gaps."""
    return await exports.answer(request, reader, queries.GAPS, query, as_of=query.as_of or today())


@router.get(
    "/equipment-coverage",
    operation_id="list_equipment_coverage",
    response_model=EquipmentCoveragePage,
    responses=exports.responses(EquipmentCoveragePage),
)
async def list_equipment_coverage(
    query: Annotated[EquipmentCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """How many lines of the list each kindergarten meets."""
    return await exports.answer(request, reader, queries.COVERAGE, query, as_of=query.as_of or today())

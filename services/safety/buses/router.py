import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Security, status

from services.safety.buses import actions
from services.safety.buses.actions import BUSES, BusMustNotRun, assessed
from services.safety.buses.schemas import BusDeparture, BusDepartureIn, SchoolBusOut, SchoolBusPut, SchoolBusQuery
from services.safety.permissions import May
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/school-buses", tags=["routines"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ROUTINES])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ROUTINES])]
Plate = Annotated[str, Path(min_length=1, max_length=20)]


@router.get("", operation_id="list_school_buses")
async def list_buses(query: Annotated[SchoolBusQuery, Query()], _: Reader, reader: Read) -> list[SchoolBusOut]:
    """School buses 校车, each with whether it may carry children on that day, and why not (SAF-13)."""
    (body,) = await reader.one(BUSES, "buses", division=query.division, kindergarten=query.kindergarten)
    found = [assessed(row, query.as_of or today()) for row in json.loads(body)]
    return [each for each in found if query.may_run is None or each.may_run is query.may_run]


@router.put("/{kindergarten}/{plate}", operation_id="put_school_bus", responses=problems(NotFound))
async def put_bus(
    kindergarten: UUID, plate: Plate, sent: SchoolBusPut, caller: Recorder, session: Write
) -> SchoolBusOut:
    """File a bus with its papers and its driver, by a code."""
    await actions.put_bus(session, caller, kindergarten, plate, sent)
    rows = json.loads(await written(session, BUSES, division="", kindergarten=kindergarten))
    return assessed(next(row for row in rows if row["plate"] == plate), today())


@router.post(
    "/{kindergarten}/{plate}/departures",
    operation_id="let_school_bus_go",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, BusMustNotRun),
)
async def let_go(kindergarten: UUID, plate: Plate, sent: BusDepartureIn, _: Recorder, session: Write) -> BusDeparture:
    """Let a bus go with children 发车: refused when bus, driver or papers are not in order (SAF-13)."""
    return await actions.let_go(session, kindergarten, plate, sent)

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, column, func, or_, select

from services.finance.ownerships import actions
from services.finance.ownerships.models import OWNERSHIP_ONCE, Ownership
from services.finance.ownerships.schemas import (
    OwnershipEnding,
    OwnershipNew,
    OwnershipOut,
    OwnershipPage,
    OwnershipQuery,
)
from services.finance.permissions import May
from services.finance.scopes import DistrictDecides
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written_row
from shared.errors import InvalidInput, NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing
from shared.tables import FOREVER

router = APIRouter(prefix="/ownerships", tags=["ownerships"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ALERTS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ENTER_RELATED_PARTIES])]
_row = Ownership.__table__.c
_shown = {"until": func.nullif(_row.until, FOREVER), "share": cast(func.trim_scale(_row.share), Text)}
_columns = select(*columns(Ownership.__table__, OwnershipOut, **_shown))
OWNERSHIPS = Listing(
    "ownerships",
    _columns,
    _row.id,
    {"since": _row.since},
    {
        "name": or_(_row.owner == bindparam("name"), _row.owned == bindparam("name")),
        "relation": _row.relation == bindparam("relation"),
    },
)
OWNERSHIP = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "", operation_id="list_ownerships", response_model=OwnershipPage, responses=exports.responses(OwnershipPage)
)
async def list_ownerships(
    query: Annotated[OwnershipQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List who holds, controls or represents whom, and who is kin: the links RAD-08 follows."""
    return await exports.answer(request, reader, OWNERSHIPS, query)


@router.post(
    "",
    operation_id="enter_ownership",
    status_code=status.HTTP_201_CREATED,
    response_model=OwnershipOut,
    responses=problems(DistrictDecides, constraints=(OWNERSHIP_ONCE,)),
)
async def enter_ownership(new: OwnershipNew, caller: Officer, session: Write) -> Response:
    """Enter a link of ownership or kinship, with where it is on record."""
    made = await actions.enter_ownership(session, caller, new)
    body, version = await written_row(session, OWNERSHIP, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/endings",
    operation_id="end_ownership",
    response_model=OwnershipOut,
    responses=problems(NotFound, InvalidInput),
)
async def end_ownership(id: UUID, said: OwnershipEnding, _: Officer, session: Write) -> Response:
    """Say from which day on a link no longer holds."""
    await actions.end_ownership(session, id, said.until)
    return tagged(*await written_row(session, OWNERSHIP, id=id))

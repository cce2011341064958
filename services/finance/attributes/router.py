from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, column, func, select

from services.finance.attributes import actions
from services.finance.attributes.models import KindergartenAttribute
from services.finance.attributes.schemas import (
    AttributeDecision,
    AttributeNew,
    AttributeOut,
    AttributePage,
    AttributeQuery,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing
from shared.tables import FOREVER

router = APIRouter(prefix="/kindergarten-attributes", tags=["kindergarten attributes"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PROGRAMMES])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_PARAMETERS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_PARAMETERS])]
_row = KindergartenAttribute.__table__.c
_shown = {"value": cast(_row.value, Text).label("value"), "until": func.nullif(_row.until, FOREVER).label("until")}
_columns = select(*(_shown.get(name, _row[name]) for name in AttributeOut.model_fields))
ATTRIBUTES = Listing(
    "kindergarten-attributes",
    _columns,
    _row.id,
    {"since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "name": _row.name == bindparam("name"),
        "state": _row.state == bindparam("state"),
    },
)
ATTRIBUTE = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_kindergarten_attributes",
    response_model=AttributePage,
    responses=exports.responses(AttributePage),
)
async def list_attributes(
    query: Annotated[AttributeQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what officers established: village-level, rented area and price, places added, projects."""
    return await exports.answer(request, reader, ATTRIBUTES, query)


@router.post(
    "",
    operation_id="propose_kindergarten_attribute",
    status_code=status.HTTP_201_CREATED,
    response_model=AttributeOut,
    responses=problems(NotFound),
)
async def propose_attribute(new: AttributeNew, caller: Proposer, session: Write) -> Response:
    """Propose a fact with its evidence; it counts once another person has approved it."""
    made = await actions.propose_attribute(session, caller, new)
    body, version = await written_row(session, ATTRIBUTE, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_kindergarten_attribute",
    response_model=AttributeOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def decide_attribute(id: UUID, said: AttributeDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject a proposed fact, or revoke an approved one; what was paid for it becomes a difference."""
    await actions.decide_attribute(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, ATTRIBUTE, id=id))

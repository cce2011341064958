from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, column, select

from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.reliefs import actions
from services.finance.reliefs.models import RECORDED_ONCE, Relief
from services.finance.reliefs.schemas import ReliefNew, ReliefOut, ReliefPage, ReliefQuery
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/reliefs", tags=["reliefs"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDIES])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.FILE_BANK_ACCOUNTS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_BANK_ACCOUNTS])]
_row = Relief.__table__.c
_amount = {"amount": cast(_row.amount, Text).label("amount")}
_columns = select(*(_amount.get(name, _row[name]) for name in ReliefOut.model_fields))
RELIEFS = Listing(
    "reliefs",
    _columns,
    _row.id,
    {"since": _row.since},
    {"kindergarten": _row.kindergarten == bindparam("kindergarten"), "kind": _row.kind == bindparam("kind")},
)
RELIEF = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get("", operation_id="list_reliefs", response_model=ReliefPage, responses=exports.responses(ReliefPage))
async def list_reliefs(query: Annotated[ReliefQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List taxes and fees kindergartens did not have to pay 减免税费."""
    return await exports.answer(request, reader, RELIEFS, query)


@router.post(
    "",
    operation_id="record_relief",
    status_code=status.HTTP_201_CREATED,
    response_model=ReliefOut,
    responses=problems(NotFound, constraints=(RECORDED_ONCE,)),
)
async def record_relief(new: ReliefNew, caller: Recorder, session: Write) -> Response:
    """Record a relief with the document it rests on."""
    made = await actions.record_relief(session, caller, new)
    body, version = await written_row(session, RELIEF, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/confirmations",
    operation_id="confirm_relief",
    response_model=ReliefOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def confirm_relief(id: UUID, caller: Officer, session: Write) -> Response:
    """Confirm a recorded relief."""
    await actions.confirm_relief(session, caller, id)
    return tagged(*await written_row(session, RELIEF, id=id))

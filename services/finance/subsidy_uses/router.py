from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, column, select

from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.subsidy_uses import actions
from services.finance.subsidy_uses.models import SubsidyUse
from services.finance.subsidy_uses.refusals import LineIsUsedUp, MoreThanWasReceived, NotThatLevel
from services.finance.subsidy_uses.schemas import (
    SubsidyUseCheck,
    SubsidyUseNew,
    SubsidyUseOut,
    SubsidyUsePage,
    SubsidyUseQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/subsidy-uses", tags=["subsidy uses"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDIES])]
Spender = Annotated[Actor, Security(authorize, scopes=[May.REPORT_SUBSIDY_USES])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.CHECK_SUBSIDY_USES])]
_row = SubsidyUse.__table__.c
_columns = select(*columns(SubsidyUse.__table__, SubsidyUseOut, amount=cast(_row.amount, Text)))
USES = Listing(
    "subsidy-uses",
    _columns,
    _row.id,
    {"used_on": _row.used_on},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "programme", "level", "outside", "state")},
)
USE = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_subsidy_uses",
    response_model=SubsidyUsePage,
    responses=exports.responses(SubsidyUsePage),
)
async def list_uses(query: Annotated[SubsidyUseQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List what subsidy money was spent on; `outside=true` is money spent outside its purpose."""
    return await exports.answer(request, reader, USES, query)


@router.get("/{id}", operation_id="get_subsidy_use", response_model=SubsidyUseOut, responses=problems(NotFound))
async def get_use(id: UUID, _: Reader, reader: Read) -> Response:
    """One use of subsidy money."""
    return tagged(*await reader.one(USE, "use", id=id))


@router.post(
    "",
    operation_id="report_subsidy_use",
    status_code=status.HTTP_201_CREATED,
    response_model=SubsidyUseOut,
    responses=problems(NotFound, NotThatLevel, MoreThanWasReceived, LineIsUsedUp),
)
async def report_use(new: SubsidyUseNew, caller: Spender, session: Write) -> Response:
    """Report what a programme's money was spent on 资金使用: never more than was received of that fund."""
    made = await actions.report_use(session, caller, new)
    body, version = await written_row(session, USE, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/checks",
    operation_id="check_subsidy_use",
    response_model=SubsidyUseOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def check_use(id: UUID, said: SubsidyUseCheck, caller: Officer, session: Write) -> Response:
    """Confirm a reported use, or reject it; what is rejected counts as unspent again."""
    await actions.check_use(session, caller, id, accept=said.accept, remark=said.remark)
    return tagged(*await written_row(session, USE, id=id))

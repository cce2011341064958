from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, column, func, select

from services.finance.bank_accounts import actions
from services.finance.bank_accounts.models import NUMBER_FILED, BankAccount
from services.finance.bank_accounts.schemas import (
    BankAccountDecision,
    BankAccountEnding,
    BankAccountNew,
    BankAccountOut,
    BankAccountPage,
    BankAccountQuery,
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

router = APIRouter(prefix="/bank-accounts", tags=["bank accounts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BANK_ACCOUNTS])]
Filer = Annotated[Actor, Security(authorize, scopes=[May.FILE_BANK_ACCOUNTS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_BANK_ACCOUNTS])]
_row = BankAccount.__table__.c
_shown = {"until": func.nullif(_row.until, FOREVER).label("until")}
_columns = select(*(_shown.get(name, _row[name]) for name in BankAccountOut.model_fields))
ACCOUNTS = Listing(
    "bank-accounts",
    _columns,
    _row.id,
    {"since": _row.since},
    {"kindergarten": _row.kindergarten == bindparam("kindergarten"), "state": _row.state == bindparam("state")},
)
ACCOUNT = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_bank_accounts",
    response_model=BankAccountPage,
    responses=exports.responses(BankAccountPage),
)
async def list_accounts(
    query: Annotated[BankAccountQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the filed accounts 备案账户."""
    return await exports.answer(request, reader, ACCOUNTS, query)


@router.post(
    "",
    operation_id="file_bank_account",
    status_code=status.HTTP_201_CREATED,
    response_model=BankAccountOut,
    responses=problems(NotFound),
)
async def file_account(new: BankAccountNew, caller: Filer, session: Write) -> Response:
    """File an account 账户备案 (民办教育促进法实施条例 art. 44)."""
    made = await actions.file_account(session, caller, new)
    body, version = await written_row(session, ACCOUNT, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_bank_account",
    response_model=BankAccountOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON, NUMBER_FILED)),
)
async def decide_account(id: UUID, said: BankAccountDecision, caller: Officer, session: Write) -> Response:
    """Accept or return a filing."""
    await actions.decide_account(session, caller, id, accept=said.accept)
    return tagged(*await written_row(session, ACCOUNT, id=id))


@router.post(
    "/{id}/endings",
    operation_id="end_bank_account",
    response_model=BankAccountOut,
    responses=problems(NotFound, NoSuchStep),
)
async def end_account(id: UUID, said: BankAccountEnding, _: Officer, session: Write) -> Response:
    """Take an account off the file from a day on 撤销备案."""
    await actions.end_account(session, id, said.until)
    return tagged(*await written_row(session, ACCOUNT, id=id))

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Request, Response, Security, UploadFile, status

from services.finance.bank_statements import actions, queries
from services.finance.bank_statements.reading import read
from services.finance.bank_statements.refusals import StatementUnreadable
from services.finance.bank_statements.schemas import (
    BankLinePage,
    BankLineQuery,
    BankStatementOut,
    SpendingPage,
    SpendingQuery,
)
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["bank statements"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BANK_ACCOUNTS])]
Importer = Annotated[Actor, Security(authorize, scopes=[May.IMPORT_STATEMENTS])]


@router.post(
    "/bank-accounts/{id}/statements",
    operation_id="import_bank_statement",
    status_code=status.HTTP_201_CREATED,
    response_model=BankStatementOut,
    responses=problems(NotFound, StatementUnreadable),
)
async def import_statement(
    id: UUID,
    caller: Importer,
    session: Write,
    file: Annotated[UploadFile, File(description="camt.053, or csv or xlsx with the documented header.")],
) -> Response:
    """Import a statement 导入对账单: each booking once, matched to receipts and subsidies, looked at by every rule."""
    content = await file.read()
    lines = await asyncio.to_thread(read, content)
    made = await actions.import_statement(session, caller, id, content, lines)
    (body,) = await written_row(session, queries.STATEMENT, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/bank-lines",
    operation_id="list_bank_lines",
    response_model=BankLinePage,
    responses=exports.responses(BankLinePage),
)
async def list_lines(query: Annotated[BankLineQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the bookings of supervised accounts; `match=unmatched` is the money nobody explains yet."""
    return await exports.answer(request, reader, queries.LINES, query)


@router.get(
    "/spending", operation_id="list_spending", response_model=SpendingPage, responses=exports.responses(SpendingPage)
)
async def list_spending(
    query: Annotated[SpendingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """支出结构: which share of a year's income went into pay, conditions, quality, meals."""
    return await exports.answer(request, reader, queries.SPENDING, query)

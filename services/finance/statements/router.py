from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.finance.books.actions import next_month
from services.finance.permissions import May
from services.finance.statements.queries import BALANCES, MOVEMENTS, RESULTS
from services.finance.statements.schemas import (
    BalancePage,
    BalanceQuery,
    MovementPage,
    MovementQuery,
    ResultPage,
    ResultQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/books/{id}", tags=["statements"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]
Code = Annotated[str, Path(pattern=r"^\d{4,12}$", description="科目代码")]


@router.get(
    "/balances",
    operation_id="list_balances",
    response_model=BalancePage,
    responses=exports.responses(BalancePage),
)
async def list_balances(
    id: UUID, query: Annotated[BalanceQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """科目余额表: opening, turnover and closing balance of every account that ever moved."""
    return await exports.answer(request, reader, BALANCES, query, id=id, known_at=query.known_at)


@router.get(
    "/ledgers/{account}",
    operation_id="list_movements",
    response_model=MovementPage,
    responses=exports.responses(MovementPage),
)
async def list_movements(
    id: UUID, account: Code, query: Annotated[MovementQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """明细账: every line of one account with the balance after it."""
    return await exports.answer(request, reader, MOVEMENTS, query, id=id, account=account, known_at=query.known_at)


@router.get(
    "/results",
    operation_id="list_results",
    response_model=ResultPage,
    responses=exports.responses(ResultPage),
)
async def list_results(
    id: UUID, query: Annotated[ResultQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """收支表: income and expense of a month and of the year up to its end."""
    month = query.month.replace(day=1)
    return await exports.answer(
        request, reader, RESULTS, query, id=id, month=month, until=next_month(month), known_at=query.known_at
    )

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, column, select

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.charges.refusals import OVERPAID, REFUND_ABOVE_PAID, NoBookKept
from services.finance.meal_returns import actions
from services.finance.meal_returns.models import MealReturn
from services.finance.meal_returns.refusals import MealMonthNotKept, MealsAlreadyReturned, NothingLeftOver
from services.finance.meal_returns.schemas import (
    MealReturnDecision,
    MealReturnNew,
    MealReturnOut,
    MealReturnPage,
    MealReturnQuery,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/meal-returns", tags=["meal returns"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHARGES])]
Cashier = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHARGES])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_ADJUSTMENTS])]
_row = MealReturn.__table__.c
_money = {name: cast(_row[name], Text) for name in ("income", "cost", "surplus", "returned")}
_columns = select(*columns(MealReturn.__table__, MealReturnOut, **_money))
RETURNS = Listing(
    "meal-returns",
    _columns,
    _row.id,
    {"since": _row.since},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "state")},
)
RETURN = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_meal_returns",
    response_model=MealReturnPage,
    responses=exports.responses(MealReturnPage),
)
async def list_returns(
    query: Annotated[MealReturnQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what meals left over and went back to families."""
    return await exports.answer(request, reader, RETURNS, query)


@router.get("/{id}", operation_id="get_meal_return", response_model=MealReturnOut, responses=problems(NotFound))
async def get_return(id: UUID, _: Reader, reader: Read) -> Response:
    """One return of meal money, charge by charge."""
    return tagged(*await reader.one(RETURN, "meal return", id=id))


@router.post(
    "",
    operation_id="propose_meal_return",
    status_code=status.HTTP_201_CREATED,
    response_model=MealReturnOut,
    responses=problems(NotFound, MealMonthNotKept, MealsAlreadyReturned, NothingLeftOver),
)
async def propose_return(new: MealReturnNew, caller: Cashier, session: Write) -> Response:
    """Settle meals at cost 伙食费据实结算: what the months' accounts left over, spread over the charges to the fen."""
    made = await actions.propose_return(session, caller, new)
    body, version = await written_row(session, RETURN, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_meal_return",
    response_model=MealReturnOut,
    responses=problems(
        NotFound, NoSuchStep, NoBookKept, constraints=(ANOTHER_PERSON, REFUND_ABOVE_PAID, OVERPAID, PERIOD_CLOSED)
    ),
)
async def decide_return(id: UUID, said: MealReturnDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject: approved, each share is taken off what is owed, or paid back where it was paid."""
    await actions.decide_return(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, RETURN, id=id))

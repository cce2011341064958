from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.finance.meal_accounts import actions, queries
from services.finance.meal_accounts.refusals import MonthOfMealsNotBegun
from services.finance.meal_accounts.schemas import (
    MealAccountIn,
    MealAccountOut,
    MealAccountPage,
    MealAccountQuery,
    MealTermOut,
    MealTermQuery,
)
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import InvalidInput, NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.parameters import NoParameterInForce
from shared.schemas import Day

router = APIRouter(tags=["meal accounts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_MEAL_ACCOUNTS])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_MEAL_ACCOUNTS])]


@router.get(
    "/meal-accounts",
    operation_id="list_meal_accounts",
    response_model=MealAccountPage,
    responses=exports.responses(MealAccountPage),
)
async def list_accounts(
    query: Annotated[MealAccountQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the monthly meal accounts 伙食账: what came in, what was spent, when parents were shown it."""
    return await exports.answer(request, reader, queries.ACCOUNTS, query)


@router.put(
    "/meal-accounts/{kindergarten}/{month}",
    operation_id="keep_meal_account",
    response_model=MealAccountOut,
    responses=problems(NotFound, MonthOfMealsNotBegun, InvalidInput),
)
async def keep_account(
    kindergarten: UUID,
    month: Annotated[Day, Path(description="Any day of the month.")],
    said: MealAccountIn,
    caller: Keeper,
    session: Write,
) -> Response:
    """Enter a month's meal account. What is left out comes from the bills and the filed account."""
    made = await actions.keep_account(session, caller, kindergarten, month.replace(day=1), said)
    return tagged(*await written_row(session, queries.ACCOUNT, id=made))


@router.get("/meal-terms", operation_id="list_meal_terms", responses=problems(NoParameterInForce))
async def list_terms(query: Annotated[MealTermQuery, Query()], _: Reader, session: Write) -> list[MealTermOut]:
    """伙食费盈亏 of a term (FIN-10): surplus or deficit against its limit, and the months not published in time."""
    return await actions.settle_term(session, query.as_of or today(), query.kindergarten)

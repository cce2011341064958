from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Date, Text, bindparam, cast, func, select

from services.finance.account_titles.models import AccountTitle
from services.finance.account_titles.schemas import AccountTitlePage, AccountTitleQuery
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route
from shared.listing import Listing
from shared.tables import FOREVER

router = APIRouter(prefix="/account-titles", tags=["account_titles"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ACCOUNT_TITLES])]
_row = AccountTitle.__table__.c
_day = bindparam("as_of", type_=Date)
TITLES = Listing(
    "account_titles",
    select(
        _row.standard,
        _row.code,
        _row.name,
        _row.element,
        _row.side,
        _row.since,
        func.nullif(_row.until, FOREVER).label("until"),
        _row.tag,
    ),
    (_row.standard + " " + cast(_row.since, Text)).label("place"),
    {"code": _row.code},
    {
        "standard": _row.standard == bindparam("standard"),
        "element": _row.element == bindparam("element"),
        "as_of": (_row.since <= _day) & (_row.until > _day),
    },
)


@router.get(
    "",
    operation_id="list_account_titles",
    response_model=AccountTitlePage,
    responses=exports.responses(AccountTitlePage),
)
async def list_account_titles(
    query: Annotated[AccountTitleQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the chart of accounts of both standards; each version of a standard is dated."""
    return await exports.answer(request, reader, TITLES, query)

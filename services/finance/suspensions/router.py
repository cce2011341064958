from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.finance.permissions import May
from services.finance.subsidy_payments.models import Payment
from services.finance.subsidy_runs.models import SubsidyLine
from services.finance.suspensions.schemas import (
    SubsidyStandingPage,
    SubsidyStandingQuery,
    SuspensionPage,
    SuspensionQuery,
)
from services.finance.suspensions.standings import STANDINGS
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(tags=["suspensions"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDIES])]
_line, _paid = SubsidyLine.__table__.c, Payment.__table__.c
# The last word of approved runs (those have payments) on each month: a later line replaces what an earlier one said.
_last = (
    select(_line.id.label("line"), _line.kindergarten, _line.programme, _line.month, _line.unmet)
    .join_from(
        SubsidyLine.__table__,
        Payment.__table__,
        (_paid.run == _line.run) & (_paid.kindergarten == _line.kindergarten),
    )
    .ext(distinct_on(_line.programme, _line.kindergarten, _line.month))
    .order_by(_line.programme, _line.kindergarten, _line.month, _line.id.desc())
    .subquery("last")
)
SUSPENSIONS = Listing(
    "suspensions",
    select(_last).where(func.cardinality(_last.c.unmet) > 0),
    _last.c.line,
    {"month": _last.c.month},
    {
        "kindergarten": _last.c.kindergarten == bindparam("kindergarten"),
        "programme": _last.c.programme == bindparam("programme"),
    },
)


@router.get(
    "/suspensions",
    operation_id="list_suspensions",
    response_model=SuspensionPage,
    responses=exports.responses(SuspensionPage),
)
async def list_suspensions(
    query: Annotated[SuspensionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """停发: the months kindergartens get nothing for, with the conditions not met; released months drop out."""
    return await exports.answer(request, reader, SUSPENSIONS, query)


@router.get(
    "/subsidy-standings",
    operation_id="list_subsidy_standings",
    response_model=SubsidyStandingPage,
    responses=exports.responses(SubsidyStandingPage),
)
async def list_subsidy_standings(
    query: Annotated[SubsidyStandingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """停发与恢复: whose subsidies stand suspended on a day, by which condition, from when, and how to appeal."""
    return await exports.answer(request, reader, STANDINGS, query, as_of=query.as_of or today())

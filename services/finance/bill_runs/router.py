from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, select

from services.finance.bill_runs import actions
from services.finance.bill_runs.models import BillRun
from services.finance.bill_runs.refusals import DaysDoNotFit, MonthNotCertified
from services.finance.bill_runs.schemas import BillRunNew, BillRunOut, BillRunPage, BillRunQuery
from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.charges.refusals import NoBookKept, NumberMissing
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/bill-runs", tags=["bill runs"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHARGES])]
Cashier = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHARGES])]
_row = BillRun.__table__.c
_money = {name: cast(_row[name], Text).label(name) for name in actions.MONEY}
_columns = select(*(_money.get(name, _row[name]) for name in BillRunOut.model_fields))
RUNS = Listing(
    "bill-runs",
    _columns,
    _row.id,
    {"month": _row.month},
    {"kindergarten": _row.kindergarten == bindparam("kindergarten")},
)
RUN = one(_columns.where(_row.id == bindparam("id")))


@router.get("", operation_id="list_bill_runs", response_model=BillRunPage, responses=exports.responses(BillRunPage))
async def list_runs(query: Annotated[BillRunQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the months that were billed."""
    return await exports.answer(request, reader, RUNS, query)


@router.post(
    "",
    operation_id="bill_month",
    status_code=status.HTTP_201_CREATED,
    response_model=BillRunOut,
    responses=problems(
        NotFound, MonthNotCertified, DaysDoNotFit, NoBookKept, NumberMissing, constraints=(PERIOD_CLOSED,)
    ),
)
async def bill_month(new: BillRunNew, caller: Cashier, session: Write) -> Response:
    """Bill a month 月度出账: every enrolled child and every published item that is not voluntary.

    The free last year and aid are taken off before the family is asked; run again it adds only what is missing.
    """
    made = await actions.bill_month(session, caller, new)
    (body,) = await written_row(session, RUN, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

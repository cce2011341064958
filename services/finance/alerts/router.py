from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Date, Numeric, Text, bindparam, case, cast, column, false, func, select

from services.finance.alerts import actions
from services.finance.alerts.models import AccountAlert
from services.finance.alerts.rules import MACHINE
from services.finance.alerts.schemas import (
    AlertAssignment,
    AlertDecision,
    AlertDetail,
    AlertOut,
    AlertPage,
    AlertQuery,
    RulePrecisionOut,
)
from services.finance.offers import offering
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import many, one, written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import NotInThisState

router = APIRouter(prefix="/account-alerts", tags=["account alerts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ALERTS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ENTER_RELATED_PARTIES])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_ALERTS])]
_row = AccountAlert.__table__.c
_amount = {"amount": cast(_row.amount, Text).label("amount")}
_columns = select(*(_amount.get(name, _row[name]) for name in AlertOut.model_fields))
_overdue = func.coalesce((_row.state == "raised") & (_row.due_on < bindparam("today", type_=Date)), false())
ALERTS = Listing(
    "account-alerts",
    _columns,
    _row.id,
    {"raised_on": _row.raised_on},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "rule", "topic", "state")}
    | {"overdue": _overdue == bindparam("overdue")},
)
ALERT = one(_columns.where(_row.id == bindparam("id")), column("version"))
_right = (_row.state == "confirmed") | (_row.state == "resolved")
_decided = func.nullif(func.count().filter(_row.state != "raised"), 0)
PRECISION = many(
    select(
        _row.rule,
        func.count().label("raised"),
        func.count().filter(_right).label("confirmed"),
        func.count().filter(_row.state == "dismissed").label("dismissed"),
        cast(func.sum(case((_right, _row.amount), else_=0)), Text).label("amount"),
        cast(func.round(cast(func.count().filter(_right), Numeric) / _decided, 4), Text).label("precision"),
    )
    .group_by(_row.rule)
    .order_by(_row.rule)
)


@router.get("", operation_id="list_account_alerts", response_model=AlertPage, responses=exports.responses(AlertPage))
async def list_alerts(query: Annotated[AlertQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the alerts on accounts, pay, payments and reports, with their evidence, owner and deadline."""
    return await exports.answer(request, reader, ALERTS, query, today=today())


@router.get("/precision", operation_id="list_alert_precision", response_model=list[RulePrecisionOut])
async def list_precision(_: Reader, reader: Read) -> Response:
    """How often each rule was right: what its alerts came to."""
    return Response((await reader.one(PRECISION, "rule"))[0], media_type="application/json")


@router.get("/{id}", operation_id="get_account_alert", response_model=AlertDetail, responses=problems(NotFound))
async def get_alert(id: UUID, caller: Reader, reader: Read) -> Response:
    """One alert."""
    return offering(MACHINE, await reader.one(ALERT, "alert", id=id), caller)


@router.post(
    "/{id}/assignments",
    operation_id="assign_account_alert",
    response_model=AlertDetail,
    responses=problems(NotFound, NotInThisState),
)
async def assign_alert(id: UUID, said: AlertAssignment, caller: Officer, session: Write) -> Response:
    """Say who looks into an alert 交办."""
    await actions.assign_alert(session, caller, id, said.owner)
    return offering(MACHINE, await written_row(session, ALERT, id=id), caller)


@router.post(
    "/{id}/decisions",
    operation_id="decide_account_alert",
    response_model=AlertDetail,
    responses=problems(NotFound, NotInThisState),
)
async def decide_alert(id: UUID, said: AlertDecision, caller: Decider, session: Write) -> Response:
    """Confirm, dismiss or resolve an alert. While a confirmed one is open, subsidies that ask for it stop."""
    await actions.decide_alert(session, caller, id, said)
    return offering(MACHINE, await written_row(session, ALERT, id=id), caller)

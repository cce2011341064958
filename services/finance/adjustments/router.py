from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Text, bindparam, cast, column, select

from services.finance.adjustments import actions
from services.finance.adjustments.models import Adjustment
from services.finance.adjustments.schemas import (
    AdjustmentDecision,
    AdjustmentNew,
    AdjustmentOut,
    AdjustmentPage,
    AdjustmentQuery,
)
from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.charges.models import Charge
from services.finance.charges.refusals import OVERPAID, REFUND_ABOVE_PAID, NoBookKept, NumberMissing
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

router = APIRouter(tags=["adjustments"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHARGES])]
Cashier = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHARGES])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_ADJUSTMENTS])]
_row = Adjustment.__table__.c
_amount = {"amount": cast(_row.amount, Text).label("amount")}
_columns = select(*(_amount.get(name, _row[name]) for name in AdjustmentOut.model_fields))
ADJUSTMENT = one(_columns.where(_row.id == bindparam("id")), column("version"))
_of_child = select(Charge.id).where(Charge.child == bindparam("child"))
ADJUSTMENTS = Listing(
    "adjustments",
    _columns,
    _row.id,
    {"on_day": _row.on_day},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "charge", "kind", "state")}
    | {"child": _row.charge.in_(_of_child)},
)


@router.get(
    "/adjustments",
    operation_id="list_adjustments",
    response_model=AdjustmentPage,
    responses=exports.responses(AdjustmentPage),
)
async def list_adjustments(
    query: Annotated[AdjustmentQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List refunds 退费 and credit notes 核减, with what each amount came from."""
    return await exports.answer(request, reader, ADJUSTMENTS, query)


@router.get(
    "/adjustments/{id}", operation_id="get_adjustment", response_model=AdjustmentOut, responses=problems(NotFound)
)
async def get_adjustment(id: UUID, _: Reader, reader: Read) -> Response:
    """One credit note or refund."""
    return tagged(*await reader.one(ADJUSTMENT, "adjustment", id=id))


@router.post(
    "/charges/{id}/adjustments",
    operation_id="propose_adjustment",
    status_code=status.HTTP_201_CREATED,
    response_model=AdjustmentOut,
    responses=problems(NotFound, NumberMissing),
)
async def propose_adjustment(id: UUID, new: AdjustmentNew, caller: Cashier, session: Write) -> Response:
    """Propose a refund 退费 or a credit note 核减; the amount follows from the case and the rule in force."""
    made = await actions.propose_adjustment(session, caller, id, new)
    body, version = await written_row(session, ADJUSTMENT, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/adjustments/{id}/decisions",
    operation_id="decide_adjustment",
    response_model=AdjustmentOut,
    responses=problems(
        NotFound, NoSuchStep, NoBookKept, constraints=(ANOTHER_PERSON, REFUND_ABOVE_PAID, OVERPAID, PERIOD_CLOSED)
    ),
)
async def decide_adjustment(id: UUID, said: AdjustmentDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject 审批. A refund never exceeds what was paid."""
    await actions.decide_adjustment(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, ADJUSTMENT, id=id))

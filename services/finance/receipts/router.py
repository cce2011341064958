from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, Text, Uuid, bindparam, cast, select, text

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.charges.refusals import OVERPAID, NoBookKept
from services.finance.permissions import May
from services.finance.receipts import actions
from services.finance.receipts.models import RECEIVED_ONCE, Allocation, Receipt
from services.finance.receipts.refusals import NotThisChild
from services.finance.receipts.schemas import ReceiptNewIn, ReceiptOut, ReceiptPage, ReceiptQuery, StatementOut
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Query as Statement
from shared.db import Read, Write
from shared.documents import columns, listed, one, written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(tags=["receipts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHARGES])]
Cashier = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHARGES])]
_row = Receipt.__table__.c
_amount = {"amount": cast(_row.amount, Text).label("amount")}
_paid = Allocation.__table__.c
_pays = listed(
    select(_paid.charge, cast(_paid.amount, Text).label("amount"))
    .where(_paid.receipt == _row.id)
    .order_by(_paid.charge)
    .correlate(Receipt.__table__)
)
_columns = select(*columns(Receipt.__table__, ReceiptOut, **_amount, allocations=_pays))
RECEIPT = one(_columns.where(_row.id == bindparam("id")))
RECEIPTS = Listing(
    "receipts",
    _columns,
    _row.id,
    {"received_on": _row.received_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "child": _row.child == bindparam("child"),
        "since": _row.received_on >= bindparam("since", type_=Date),
        "until": _row.received_on < bindparam("until", type_=Date),
    },
)
_events = text(
    """
    SELECT charged_on AS on, 'charge' AS kind, name, amount::text, coalesce(basis->'sentences', '[]') AS sentences,
           created_at FROM charges WHERE child = :child
    UNION ALL SELECT received_on, 'receipt', source_key, (-amount)::text, '[]', created_at FROM receipts
      WHERE child = :child
    UNION ALL SELECT a.on_day, a.kind, c.name, CASE a.kind WHEN 'refund' THEN '0.00' ELSE (-a.amount)::text END,
           jsonb_build_array(a.reason, CASE a.kind WHEN 'refund' THEN '已退还 ' || a.amount || ' 元' ELSE '核减 '
             || a.amount || ' 元' END), a.created_at
      FROM adjustments a JOIN charges c ON c.id = a.charge WHERE c.child = :child AND a.state = 'approved'
    ORDER BY 1, 6
    """.replace("::", r"\:\:")
)
STATEMENT = Statement(
    text(
        f"SELECT coalesce(json_agg(json_build_object('on', e.on, 'kind', e.kind, 'name', e.name, 'amount', e.amount,"
        f" 'sentences', e.sentences)), '[]') FROM ({_events.text}) e"
    ).bindparams(bindparam("child", type_=Uuid))
)


@router.get(
    "/receipts", operation_id="list_receipts", response_model=ReceiptPage, responses=exports.responses(ReceiptPage)
)
async def list_receipts(query: Annotated[ReceiptQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List what families paid 收款, and which charges each payment paid."""
    return await exports.answer(request, reader, RECEIPTS, query)


@router.get("/receipts/{id}", operation_id="get_receipt", response_model=ReceiptOut, responses=problems(NotFound))
async def get_receipt(id: UUID, _: Reader, reader: Read) -> Response:
    """One payment of a family."""
    return Response((await reader.one(RECEIPT, "receipt", id=id))[0], media_type="application/json")


@router.post(
    "/receipts",
    operation_id="take_receipt",
    status_code=status.HTTP_201_CREATED,
    response_model=ReceiptOut,
    responses=problems(NotThisChild, NoBookKept, constraints=(RECEIVED_ONCE, OVERPAID, PERIOD_CLOSED)),
)
async def take_receipt(new: ReceiptNewIn, caller: Cashier, session: Write) -> Response:
    """Record a family's payment 收款 and what it pays."""
    made = await actions.take_receipt(session, caller, new)
    (body,) = await written_row(session, RECEIPT, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get("/children/{child}/statement", operation_id="get_child_statement")
async def get_statement(child: UUID, _: Reader, reader: Read) -> StatementOut:
    """家长对账单: every charge with the reason of its amount, every payment, credit and refund, and what is open."""
    (lines,) = await reader.row(STATEMENT, child=child) or ([],)
    total = sum((Decimal(each["amount"]) for each in lines), Decimal("0.00"))
    return StatementOut(child=child, lines=lines, count=len(lines), open=total)

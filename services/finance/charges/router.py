from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.charges import actions, queries
from services.finance.charges.refusals import (
    CHARGED_ONCE,
    AboveStandard,
    AidedFeeCharged,
    NoBookKept,
    NoFiledItem,
    NotEnrolledThen,
    NumberMissing,
    PeriodAlreadyCharged,
    PrepaidBeyondTerm,
    WaivedFeeCharged,
)
from services.finance.charges.schemas import ChargeNew, ChargeOut, ChargePage, ChargeQuery
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/charges", tags=["charges"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHARGES])]
Cashier = Annotated[Actor, Security(authorize, scopes=[May.MAKE_CHARGES])]
REFUSED = (NotFound, NoFiledItem, AboveStandard, WaivedFeeCharged, PrepaidBeyondTerm, NumberMissing, NoBookKept)


@router.get("", operation_id="list_charges", response_model=ChargePage, responses=exports.responses(ChargePage))
async def list_charges(query: Annotated[ChargeQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List what families were charged, with the basis of each amount."""
    return await exports.answer(request, reader, queries.CHARGES, query)


@router.get("/{id}", operation_id="get_charge", response_model=ChargeOut, responses=problems(NotFound))
async def get_charge(id: UUID, _: Reader, reader: Read) -> Response:
    """One charge."""
    return Response((await reader.one(queries.CHARGE, "charge", id=id))[0], media_type="application/json")


@router.post(
    "",
    operation_id="charge_family",
    status_code=status.HTTP_201_CREATED,
    response_model=ChargeOut,
    responses=problems(
        *REFUSED, AidedFeeCharged, PeriodAlreadyCharged, NotEnrolledThen, constraints=(CHARGED_ONCE, PERIOD_CLOSED)
    ),
)
async def charge_family(new: ChargeNew, caller: Cashier, session: Write) -> Response:
    """Charge a family. Refused: an item not published (FIN-01), above the standard (02), waived (03), ahead (04)."""
    made = await actions.charge_family(session, caller, new)
    (body,) = await written_row(session, queries.CHARGE, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")

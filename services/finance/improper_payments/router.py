from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.finance.improper_payments.queries import FOUND, asked
from services.finance.improper_payments.schemas import ImproperPaymentPage, ImproperPaymentQuery
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/improper-payments", tags=["improper payments"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ALERTS])]


@router.get(
    "",
    operation_id="list_improper_payments",
    response_model=ImproperPaymentPage,
    responses=exports.responses(ImproperPaymentPage),
)
async def list_improper_payments(
    query: Annotated[ImproperPaymentQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """疑点雷达 of a month: children, days, people and companies that do not add up, with the rows and the money.

    A check run makes alerts of them, each with owner, deadline and an outcome that counts for the rule's precision.
    """
    return await exports.answer(request, reader, FOUND, query, **asked(query.month.replace(day=1)))

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.permissions import May
from services.finance.refusals import NoSuchStep
from services.finance.subsidy_payments import actions, queries
from services.finance.subsidy_payments.refusals import MADE_ONCE, NothingToInstruct, NotPaidYet, ResultsDoNotFit
from services.finance.subsidy_payments.schemas import (
    BankResults,
    BankResultsTaken,
    DisbursementOut,
    InstructionPage,
    InstructionQuery,
    PaymentOut,
    PaymentPage,
    PaymentQuery,
    ReceiptNew,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(tags=["subsidy payments"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDIES])]
Payer = Annotated[Actor, Security(authorize, scopes=[May.PAY_SUBSIDIES])]
Recipient = Annotated[Actor, Security(authorize, scopes=[May.RECEIVE_SUBSIDIES])]


@router.get(
    "/subsidy-payments",
    operation_id="list_subsidy_payments",
    response_model=PaymentPage,
    responses=exports.responses(PaymentPage),
)
async def list_payments(query: Annotated[PaymentQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List what kindergartens get of approved runs, and where the money is."""
    return await exports.answer(request, reader, queries.PAYMENTS, query)


@router.post(
    "/subsidy-runs/{id}/disbursements",
    operation_id="disburse_subsidy_run",
    status_code=status.HTTP_201_CREATED,
    response_model=DisbursementOut,
    responses=problems(NotFound, NoSuchStep, NothingToInstruct, constraints=(MADE_ONCE,)),
)
async def disburse(id: UUID, caller: Payer, session: Write) -> Response:
    """Make the file for the bank 拨付文件: what is ready, what failed before, what was held and can be paid now."""
    made = await actions.instruct_payments(session, caller, id, today())
    (body,) = await written_row(session, queries.DISBURSEMENT, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/disbursements/{id}",
    operation_id="get_disbursement",
    response_model=DisbursementOut,
    responses=problems(NotFound),
)
async def get_disbursement(id: UUID, _: Payer, reader: Read) -> Response:
    """One file for the bank."""
    return Response((await reader.one(queries.DISBURSEMENT, "disbursement", id=id))[0], media_type="application/json")


@router.get(
    "/disbursements/{id}/instructions",
    operation_id="list_payment_instructions",
    response_model=InstructionPage,
    responses=exports.responses(InstructionPage),
)
async def list_instructions(
    id: UUID, query: Annotated[InstructionQuery, Query()], request: Request, _: Payer, reader: Read
) -> Response:
    """The lines of a bank file; as csv or xlsx it is the file itself."""
    return await exports.answer(request, reader, queries.INSTRUCTIONS, query, id=id)


@router.post(
    "/disbursements/{id}/results",
    operation_id="take_bank_results",
    responses=problems(NotFound, ResultsDoNotFit, constraints=(PERIOD_CLOSED,)),
)
async def take_results(id: UUID, said: BankResults, _: Payer, session: Write) -> BankResultsTaken:
    """Take the bank's answer 回盘. Some may have failed: they are paid by the next file. A repeat changes nothing."""
    return await actions.take_results(session, id, said.results)


@router.post(
    "/subsidy-payments/{id}/receipts",
    operation_id="receive_subsidy_payment",
    response_model=PaymentOut,
    responses=problems(NotFound, NotPaidYet, constraints=(PERIOD_CLOSED,)),
)
async def receive_payment(id: UUID, said: ReceiptNew, caller: Recipient, session: Write) -> Response:
    """Confirm that the money came 确认收款; the kindergarten's own book records it."""
    await actions.receive_payment(session, caller, id, said.received_on)
    return tagged(*await written_row(session, queries.PAYMENT, id=id))

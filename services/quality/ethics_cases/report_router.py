"""Reports: by anyone, also without an account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Security, status

from services.quality.ethics_cases import reporting
from services.quality.ethics_cases.schemas import (
    EthicsReceipt,
    EthicsReceiptQuery,
    EthicsReport,
    EthicsReportStatus,
)
from services.quality.keys import Keys
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.db import Write
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/ethics-reports", tags=["ethics"], route_class=Route)


async def _stranger(request: Request) -> Actor:
    """Whoever comes without an account: nothing of them is known, and the session may name any kindergarten."""
    district = request.app.state.settings.district
    request.state.actor = Actor("anonymous", "", (), float("inf"), (district,))
    return request.state.actor  # type: ignore[no-any-return]  # state is untyped


Stranger = Annotated[Actor, Depends(_stranger)]
Reporter = Annotated[Actor, Security(authorize, scopes=[May.REPORT_ETHICS])]


@router.post(
    "/anonymous",
    operation_id="report_ethics_violation_anonymously",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound),
)
async def report_anonymously(_: Stranger, new: EthicsReport, keys: Keys, session: Write) -> EthicsReceipt:
    """Report a violation 师德举报 without an account. The receipt is the only way to ask how far it is."""
    return await reporting.report_violation(session, keys, new, None)


@router.post(
    "",
    operation_id="report_ethics_violation",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound),
)
async def report_violation(caller: Reporter, new: EthicsReport, keys: Keys, session: Write) -> EthicsReceipt:
    """Report a violation in one's own name; only those who take it up see it and the name."""
    return await reporting.report_violation(session, keys, new, caller.id)


@router.post("/status", operation_id="ask_ethics_report_status")
async def ask_report_status(_: Stranger, asked: EthicsReceiptQuery, session: Write) -> EthicsReportStatus:
    """How far the report with this receipt is: received, in progress or closed."""
    return await reporting.report_status(session, asked.receipt)

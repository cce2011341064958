from typing import Annotated

from fastapi import APIRouter, Security

from services.finance.check_runs.actions import months_before, run_checks
from services.finance.check_runs.schemas import CheckRunNew, CheckRunOut
from services.finance.permissions import May
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Write
from shared.idempotency import Route

router = APIRouter(prefix="/check-runs", tags=["check runs"], route_class=Route)

Officer = Annotated[Actor, Security(authorize, scopes=[May.RUN_CHECKS])]


@router.post("", operation_id="run_finance_checks")
async def run(said: CheckRunNew, _: Officer, session: Write) -> CheckRunOut:
    """Look through the facts of some months and raise alerts with owner and deadline; the same finding is raised once.

    The worker does this every night; asking again changes nothing.
    """
    as_of = said.as_of or today()
    months = [said.month.replace(day=1)] if said.month else months_before(as_of)
    return CheckRunOut(months=months, as_of=as_of, rules=await run_checks(session, months, as_of))

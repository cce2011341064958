"""From hits of the radar to alerts: one a rule, kindergarten and month, with its rows and the money at stake."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.actions import Places, Raised
from services.finance.improper_payments.queries import ALL, asked
from services.finance.rulebook.rules import RULES

SAID = {rule.code: rule.zh for rule in RULES}


async def found_in(session: AsyncSession, month: date, as_of: date) -> Places:  # noqa: ARG001  # as every source
    """Every hit of one month, by kindergarten and division."""
    found: Places = defaultdict(list)
    for row in await session.execute(ALL, asked(month)):
        said = f"{month:%Y-%m} {SAID[row.rule]}:{row.children}"
        evidence = row.evidence.get("rows") or [row.evidence]
        cause = f"{row.kindergarten}/{month:%Y-%m}"
        found[row.kindergarten, row.division].append(Raised(row.rule, cause, said, Decimal(row.amount), evidence))
    return found

"""From findings of a month to alerts: one a kindergarten, month and kind, naming those it is about and no pay."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.actions import Places, Raised
from services.finance.payroll_checks.queries import ALL
from services.finance.payroll_checks.schemas import PayrollFindingKind

RED = frozenset({"FIN-14", "FIN-15", "PAY-05"})


async def found_in(session: AsyncSession, month: date, as_of: date) -> Places:
    """FIN-14, FIN-15 and PAY-05 of one month, by kindergarten and division."""
    groups: dict[tuple[UUID, str, str, str], list[Any]] = defaultdict(list)
    for row in await session.execute(ALL, {"month": month, "as_of": as_of}):
        if row.rule in RED:
            groups[row.kindergarten, row.division, row.rule, row.kind].append(row)
    found: Places = defaultdict(list)
    for (of, division, rule, kind), rows in groups.items():
        total = sum((Decimal(row.amount) for row in rows if row.amount), Decimal(0))
        said = f"{month:%Y-%m} {PayrollFindingKind[kind.upper()].zh}:{len(rows)} 人"
        proof = [{"person": str(row.person), "month": f"{month:%Y-%m}", "kind": kind} for row in rows]
        found[of, division].append(Raised(rule, f"{of}/{month:%Y-%m}/{kind}", said, total, proof))
    return found

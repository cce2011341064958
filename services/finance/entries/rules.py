"""复式记账: what an entry is, before any database sees it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

BUDGET = "6"  # codes from here on are the budget accounts of the government standard


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` in yuan: a debit is positive, a credit negative."""

    account: str
    amount: Decimal
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be posted. (`source`, `source_key`) names the business fact it comes from: each is posted once."""

    source: str
    source_key: str
    effective_on: date
    summary: str
    lines: tuple[Line, ...]
    reverses: UUID | None = None

    @property
    def fingerprint(self) -> str:
        """Digest of everything that must be the same when the same fact is posted again."""
        lines = [[line.account, f"{line.amount:.2f}", line.memo] for line in self.lines]
        told = [self.effective_on.isoformat(), self.summary, lines]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def balances(lines: Iterable[Line]) -> bool:
    """Financial accounts and budget accounts each sum to zero (政府会计制度: 平行记账)."""
    totals = {False: Decimal(0), True: Decimal(0)}
    for line in lines:
        totals[line.account >= BUDGET] += line.amount
    return not any(totals.values())


def reversed_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """红字冲销: the same lines with the opposite sign."""
    return tuple(Line(line.account, -line.amount, line.memo) for line in lines)

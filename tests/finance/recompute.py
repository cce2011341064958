"""The amounts a second time, in plain Python from plain rows. Imports nothing of the service."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

Posting = tuple[str, Decimal, date, datetime]  # account, amount, effective, recorded


def trial_balance(
    postings: Iterable[Posting], since: date, until: date, known_at: datetime | None = None
) -> dict[str, tuple[Decimal, Decimal, Decimal, Decimal]]:
    """Opening, debit, credit and closing (debit minus credit) of each account that moved before `until`."""
    found: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
    for account, amount, effective, recorded in postings:
        if effective >= until or (known_at is not None and recorded > known_at):
            continue
        if effective < since:
            found[account][0] += amount
        elif amount > 0:
            found[account][1] += amount
        else:
            found[account][2] -= amount
    return {a: (opening, debit, credit, opening + debit - credit) for a, (opening, debit, credit) in found.items()}

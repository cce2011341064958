"""退费: how much comes back, by the case and the day."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


def unused(since: date, until: date, left_on: date) -> Decimal:
    """The share of a period that was not used when the child left on `left_on` (the first day away)."""
    days = (until - since).days
    left = (until - min(max(left_on, since), until)).days
    return Decimal(left) / days


def refund(paid: Decimal, unused_share: Decimal, refunded_share: Decimal) -> Decimal:
    """What is paid back of `paid`: the refunded share of the unused part, to the fen, rounded once."""
    return (paid * unused_share * refunded_share).quantize(FEN, ROUND_HALF_UP)

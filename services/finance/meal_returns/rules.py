"""伙食费据实结算: who gets how much of what is left, to the fen."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

FEN: Final = Decimal("0.01")


def families_part(surplus: Decimal, charged: Decimal, families: Decimal) -> Decimal:
    """Of what `charged` left over, the part of those who paid `families` of it; the rest is the payers' of aid."""
    return (surplus * families / charged).quantize(FEN, ROUND_HALF_UP) if charged else Decimal(0)


def spread(total: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The total over the weights in whole fen: rounded down, and what is left a fen each to the largest remainders.

    Of equal remainders the earlier weight comes first, so the same weights always give the same shares.
    """
    whole = sum(weights.values(), Decimal(0))
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: each.quantize(FEN, ROUND_DOWN) for key, each in exact.items()}
    left = int((total - sum(shares.values(), Decimal(0))) / FEN)
    for key in sorted(exact, key=lambda key: shares[key] - exact[key])[:left]:
        shares[key] += FEN
    return shares

"""How far two who score the same items agree. Pure; figures are exact fractions until the last step."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

Weights = Literal["none", "linear", "quadratic"]


def _distance(one: int, two: int, weights: Weights) -> int:
    if weights == "none":
        return int(one != two)
    return abs(one - two) if weights == "linear" else (one - two) ** 2


def kappa(one: Sequence[int], two: Sequence[int], weights: Weights = "none") -> float | None:
    """Cohen's kappa of two scorers over the same items (Cohen 1960; weighted: Cohen 1968).

    1 is full agreement, 0 what chance gives. None when chance alone leaves no disagreement to explain: there is
    nothing to measure when both give every item the same level, or when there are no items.
    """
    if len(one) != len(two):
        raise ValueError("Both score the same items.")
    observed = sum(_distance(a, b, weights) for a, b in zip(one, two, strict=True))
    first, second = Counter(one), Counter(two)
    expected = sum(n * m * _distance(a, b, weights) for a, n in first.items() for b, m in second.items())
    return float(1 - Fraction(observed * len(one), expected)) if expected else None

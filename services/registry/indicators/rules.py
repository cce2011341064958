"""Exact arithmetic of indicators: ratios are fractions, compared unrounded, shown rounded half up.

A ratio without a denominator has no value (None): nothing is never presented as zero.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.registry.indicators.codes import Kind, Standing

Number = int | Decimal | Fraction


class Comparison(StrEnum):
    """How a target is written: 以上 is at least, 以下 is at most, 高于 is more than."""

    AT_LEAST = "ge"
    AT_MOST = "le"
    MORE_THAN = "gt"
    LESS_THAN = "lt"


def ratio(numerator: Number, denominator: Number) -> Fraction | None:
    """A share, or a number per unit (生师比, 园均班数)."""
    return None if denominator == 0 else Fraction(numerator) / Fraction(denominator)


def change(current: Number, previous: Number) -> Fraction | None:
    """同比: the change on the year before, as a share of it."""
    return None if previous == 0 else Fraction(current) / Fraction(previous) - 1


def change_by(current: Number, delta: Number) -> Fraction | None:
    """同比 when only the difference is published (比上年增加 delta)."""
    return ratio(delta, Fraction(current) - Fraction(delta))


def decline(current: Number, previous: Number) -> Fraction | None:
    """降幅: by what share of the year before the figure fell."""
    fell = change(current, previous)
    return None if fell is None else -fell


def difference(first: Number, second: Number) -> Fraction:
    """自然增长数 (births - deaths), 空余学位 (seats - children)."""
    return Fraction(first) - Fraction(second)


def gap(value: Fraction | None, target: Number) -> Fraction | None:
    """How far above (positive) or below (negative) its target a value stands, in the value's own unit."""
    return None if value is None else value - Fraction(target)


def meets(value: Fraction | None, comparison: Comparison, target: Number) -> bool | None:
    """Whether the unrounded value reaches the target: 97.996 % does not meet 98 % though it is shown as 98.00 %."""
    if value is None:
        return None
    distance = value - Fraction(target)
    return {
        Comparison.AT_LEAST: distance >= 0,
        Comparison.AT_MOST: distance <= 0,
        Comparison.MORE_THAN: distance > 0,
        Comparison.LESS_THAN: distance < 0,
    }[comparison]


def shown(value: Fraction | None, decimals: int, scale: int = 1) -> Decimal | None:
    """The printed figure: value x scale, rounded half up (half away from zero) to `decimals`; percent has scale 100."""
    if value is None:
        return None
    # Rounded on integers: dividing first would round twice.
    exact = abs(value) * scale * 10**decimals
    units = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    sign = "-" if value < 0 and units else ""  # what rounds to nothing is neither above nor below it
    return Decimal(f"{sign}{units}e-{decimals}")


def children_short(numerator: int, denominator: int, target: Decimal) -> int:
    """How many more children in the numerator (denominator unchanged) would reach the target; 0 when it is reached."""
    needed = -(-Fraction(target) * denominator // 1)
    return max(0, int(needed) - numerator)


def children_spare(numerator: int, denominator: int, target: Decimal) -> int:
    """How many children fewer in the numerator (denominator unchanged) would still reach it; 0 when it is missed."""
    needed = -(-Fraction(target) * denominator // 1)
    return max(0, numerator - int(needed))


def value_of(kind: Kind, numerator: int, denominator: int) -> Fraction | None:
    """The unrounded value of an indicator of that kind; a count has no denominator."""
    if kind is Kind.RATIO:
        return ratio(numerator, denominator)
    if kind is Kind.CHANGE:
        return change(numerator, denominator)
    return difference(numerator, denominator if kind is Kind.DIFFERENCE else 0)


def standing(value: Fraction | None, comparison: Comparison, target: Number, margin: Number) -> Standing:
    """Where a value stands: reached, reached by less than the early-warning margin, or missed."""
    if value is None:
        return Standing.UNKNOWN
    if not meets(value, comparison, target):
        return Standing.MISSED
    return Standing.WARNING if abs(value - Fraction(target)) < Fraction(margin) else Standing.MET

"""Where a value stands towards its target."""

from decimal import Decimal
from fractions import Fraction

import pytest

from services.registry.indicators.codes import Kind, Standing
from services.registry.indicators.rules import (
    Comparison,
    children_short,
    children_spare,
    shown,
    standing,
    value_of,
)

TARGET, MARGIN = Decimal("0.98"), Decimal("0.01")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, Standing.UNKNOWN),
        (Fraction(97999, 100000), Standing.MISSED),
        (Fraction(98, 100), Standing.WARNING),
        (Fraction(98999, 100000), Standing.WARNING),
        (Fraction(99, 100), Standing.MET),
        (Fraction(104, 100), Standing.MET),
    ],
)
def test_a_target_reached_by_less_than_the_margin_warns(value: Fraction | None, expected: Standing):
    assert standing(value, Comparison.AT_LEAST, TARGET, MARGIN) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(5, 100), Standing.MET), (Fraction(97, 1000), Standing.WARNING), (Fraction(11, 100), Standing.MISSED)],
)
def test_the_margin_of_a_ceiling_lies_below_it(value: Fraction, expected: Standing):
    assert standing(value, Comparison.AT_MOST, Decimal("0.10"), MARGIN) is expected


@pytest.mark.parametrize(
    ("numerator", "short", "spare"), [(979, 1, 0), (980, 0, 0), (981, 0, 1), (1000, 0, 20), (0, 980, 0)]
)
def test_short_and_spare_are_counted_in_children(numerator: int, short: int, spare: int):
    assert children_short(numerator, 1000, TARGET) == short
    assert children_spare(numerator, 1000, TARGET) == spare


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.RATIO, Fraction(3, 4)),
        (Kind.CHANGE, Fraction(-1, 4)),
        (Kind.DIFFERENCE, Fraction(-1)),
        (Kind.COUNT, Fraction(3)),
        (Kind.DISTRIBUTION, Fraction(3)),
    ],
)
def test_each_kind_of_indicator_has_its_value(kind: Kind, expected: Fraction):
    assert value_of(kind, 3, 4 if kind not in (Kind.COUNT, Kind.DISTRIBUTION) else 0) == expected


def test_without_a_denominator_there_is_no_value():
    assert value_of(Kind.RATIO, 3, 0) is None
    assert value_of(Kind.CHANGE, 3, 0) is None


@pytest.mark.parametrize(
    ("value", "figure"), [(Fraction(-1, 100000), "0.00"), (Fraction(-5, 100000), "-0.01"), (Fraction(0), "0.00")]
)
def test_what_rounds_to_nothing_has_no_sign(value: Fraction, figure: str):
    assert str(shown(value, 2, 100)) == figure

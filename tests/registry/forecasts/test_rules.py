"""学前教育需求预测: cohorts and seats, held to published national series."""

from decimal import Decimal
from fractions import Fraction

import pytest

from services.registry.forecasts.rules import Assumptions, Known, born_into, cohort, demand, warning

FLAT = Assumptions(Decimal(1), Decimal(0), Decimal("0.98"))
# National births in 10,000: 国家统计局, with the revision of the 2020 census where there is one.
BIRTHS = {2015: 1654, 2016: 1883, 2017: 1765, 2018: 1523, 2019: 1465, 2020: 1202, 2021: 1062, 2022: 956, 2023: 902}


@pytest.mark.parametrize(
    ("year", "enrolled", "gross"),
    [(2021, "4805.21", "0.881"), (2022, "4627.55", "0.897"), (2023, "4092.98", "0.911")],
)
def test_cohorts_from_births_come_near_the_people_the_published_rate_implies(year: int, enrolled: str, gross: str):
    """毛入园率 counts children of every age: the people it implies lie a little above those of 3 to 5."""
    found = [cohort(Known(BIRTHS, {}), age, year, FLAT) for age in (3, 4, 5)]
    people = sum(each.people for each in found if each)
    implied = Fraction(enrolled) / Fraction(gross)
    assert 0.94 < people / implied < 1


def test_a_cohort_is_born_from_september_to_august():
    both = Fraction(4, 12) * 1465 + Fraction(8, 12) * 1202
    assert born_into({2019: 1465, 2020: 1202}, 2020, Decimal(0)) == (both, False)
    assert born_into({2020: 1202}, 2020, Decimal(0)) is None
    assert born_into({}, 2020, Decimal(0)) is None


def test_births_after_the_last_year_known_are_assumed_and_said_to_be():
    known = {2023: 1000, 2024: 900}
    assert born_into(known, 2024, Decimal("-0.1")) == (Fraction(4, 12) * 1000 + Fraction(8, 12) * 900, False)
    assert born_into(known, 2025, Decimal("-0.1")) == (Fraction(4, 12) * 900 + Fraction(8, 12) * 810, True)
    found = cohort(Known(known, {}), 3, 2028, FLAT)
    assert found is not None
    assert (found.basis.value, found.year, found.people) == ("assumed", 2025, Fraction(900))


def test_people_counted_come_before_births_and_are_carried_on():
    known = Known({2021: 90, 2022: 90, 2023: 90}, {(2025, 2): 100, (2024, 1): 50, (2025, 3): 80})
    given = Assumptions(Decimal("0.99"), Decimal(0), Decimal(1))
    found = cohort(known, 3, 2026, given)
    assert found is not None
    assert (found.basis, found.year, found.people) == ("population", 2025, Fraction(99))
    two = cohort(known, 5, 2027, given)
    assert two is not None
    assert (two.year, two.people) == (2025, 80 * Fraction("0.99") ** 2)
    young = cohort(Known({2022: 90, 2023: 90}, {}), 3, 2026, given)
    assert young is not None
    assert (young.basis, young.people) == ("births", 90 * Fraction("0.99") ** 3)


@pytest.mark.parametrize(("people", "needed"), [("100", 98), ("99.4", 97), ("100.6", 99), ("25", 25), ("75", 74)])
def test_demand_is_rounded_once_half_up(people: str, needed: int):
    known = Known({}, {(2026, 3): 0, (2026, 4): 0, (2026, 5): 0})
    found = [cohort(known, age, 2026, FLAT) for age in (3, 4, 5)]
    assert demand(found, Decimal("0.98")) == 0
    assert demand([*found[:2], None], Decimal("0.98")) is None
    one = found[0]
    assert one is not None
    scaled = type(one)(3, Fraction(people), one.basis, one.year)
    assert demand([scaled], Decimal("0.98")) == needed


@pytest.mark.parametrize(("seats", "said"), [(99, "shortage"), (100, None), (125, None), (126, "surplus")])
def test_one_seat_short_is_short_and_a_surplus_is_above_its_share(seats: int, said: str | None):
    assert warning(seats, 100, Decimal("0.25")) == said
    assert warning(seats, None, Decimal("0.25")) is None

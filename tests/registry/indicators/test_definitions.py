"""A definition is data: read, its parameters chosen, nothing guessed."""

from datetime import date as day
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, bindparam, select

from services.registry import data
from services.registry.indicators.asking import same_day, series
from services.registry.indicators.codes import Kind, Step
from services.registry.indicators.definitions import Definition, ParameterOutOfRange, ParameterUnknown, Side
from services.registry.indicators.rules import shown, value_of
from services.registry.indicators.tallies import shown as shown_in_sql
from shared.db import Query
from tests.stack import Database

ALL = {row["code"]: row for row in data.document("plan/indicators")["indicators"]}
NO_NURSERY = ("class_kind_not", ("nursery",))


def definition(code: str, **changes: Any) -> Definition:
    row = ALL[code] | changes
    return Definition.read(row | {"since": row["valid_from"], "definition": row})


def test_the_rate_is_net_and_of_residents_unless_asked_otherwise():
    formula = definition("enrolment_rate_3y").formula({})
    assert formula.numerator == Side("children_enrolled", (NO_NURSERY, ("age_group", ("three_to_five",))))
    assert formula.denominator == Side("population", (("age_group", ("three_to_five",)), ("basis", ("resident",))))
    assert formula.parameters == (("population_basis", "resident"), ("rate_mode", "net"))


def test_the_gross_rate_drops_the_condition_on_age():
    formula = definition("enrolment_rate_3y").formula({"rate_mode": "gross", "population_basis": "registered"})
    assert formula.numerator == Side("children_enrolled", (NO_NURSERY,))
    assert formula.denominator is not None
    assert ("basis", ("registered",)) in formula.denominator.where


def test_a_change_counts_a_year_before():
    assert [side.years_before for side in definition("enrolment_change").formula({}).sides] == [0, 1]
    assert [side.years_before for side in definition("entrant_change").formula({}).sides] == [0, 1]


def test_class_size_carries_its_tolerance():
    formula = definition("oversize_classes").formula({"oversize_tolerance": "2"})
    assert formula.numerator.where == (("size", ("over_standard", "2")),)


@pytest.mark.parametrize(
    ("given_", "error"),
    [({"rate_mode": "half"}, ParameterOutOfRange), ({"kindergarten_size": "1"}, ParameterUnknown)],
)
def test_an_unknown_parameter_or_value_is_refused(given_: dict[str, str], error: type[Exception]):
    with pytest.raises(error):
        definition("enrolment_rate_3y").formula(given_)


def test_what_counts_people_needs_an_area():
    needing = {code for code in ALL if definition(code).formula({}).needs_an_area}
    assert needing == {"enrolment_rate_3y"}


def test_days_of_a_series():
    assert series(day(2025, 11, 15), day(2026, 1, 1), Step.MONTH) == [day(2025, 12, 1), day(2026, 1, 1)]
    assert series(day(2023, 9, 1), day(2025, 9, 1), Step.YEAR) == [day(year, 9, 1) for year in (2023, 2024, 2025)]
    assert len(series(day(2025, 1, 1), day(2025, 1, 31), Step.DAY)) == 31
    assert same_day(day(2024, 2, 29), 2023) == day(2023, 2, 28)


counts = st.integers(0, 10**9) | st.integers(0, 200)


@settings(max_examples=30, deadline=None)
@given(
    pairs=st.lists(st.tuples(counts, counts), min_size=50, max_size=50),
    kind=st.sampled_from([Kind.RATIO, Kind.CHANGE, Kind.DIFFERENCE]),
    decimals=st.integers(0, 4),
    unit=st.sampled_from(["percent", "children"]),
)
def test_sql_prints_the_same_figure_as_the_rule(
    registry_database: Database, pairs: list[tuple[int, int]], kind: Kind, decimals: int, unit: str
):
    formula = definition("public_share", kind=kind.value, decimals=decimals, unit=unit).formula({})
    over, under = (bindparam(name, type_=BigInteger) for name in ("over", "under"))
    query = Query(select(shown_in_sql(formula, over, under)))
    with psycopg.connect(registry_database.admin_url) as connection:
        for numerator, denominator in pairs:
            values = {**query.defaults, "over": numerator, "under": denominator}
            row = connection.execute(query.sql, values).fetchone()
            expected = shown(value_of(kind, numerator, denominator), decimals, formula.scale)
            assert row == (None if expected is None else str(expected),)

"""Exact ratios; the published national figures are reproduced by the same formulas."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from services.registry import data
from services.registry.indicators import rules
from services.registry.indicators.rules import Comparison, gap, meets, ratio, shown

DEFINITIONS = data.document("plan/indicators")
VECTORS = {vector["id"]: vector for vector in data.document("national/indicator_vectors")["vectors"]}
FORMULAS = {vector: formula for formula in DEFINITIONS["formulas"] for vector in formula["vectors"]}
OPERATIONS: dict[str, Callable[..., Fraction | None]] = {
    "ratio": rules.ratio,
    "change": rules.change,
    "change_by": rules.change_by,
    "decline": rules.decline,
    "difference": rules.difference,
}


@pytest.mark.parametrize("name", [name for name, vector in VECTORS.items() if vector["published"] is not None])
def test_published_ratios_are_reproduced(name: str) -> None:
    vector, formula = VECTORS[name], FORMULAS[name]
    inputs = {key.removesuffix("_10k"): Decimal(str(value)) for key, value in vector["inputs"].items()}
    if formula["operation"] == "decline":
        inputs = {"cur": inputs["cur"], "prev": inputs["prev"]}
    figure = shown(OPERATIONS[formula["operation"]](*inputs.values()), vector["decimals"], formula["scale"])
    assert figure is not None
    assert abs(figure - Decimal(str(vector["published"]))) <= Decimal(str(vector.get("tolerance", 0)))


def test_all_seventeen_published_ratios_have_a_formula() -> None:
    assert len([vector for vector in VECTORS.values() if vector["published"] is not None]) == 17
    assert FORMULAS.keys() == VECTORS.keys()


def test_the_ratio_without_a_published_answer_is_computed_too() -> None:
    assert shown(ratio(386, 75), 2) == Decimal("5.15")


@pytest.mark.parametrize(
    ("value", "decimals", "scale", "figure"),
    [
        (Fraction(1, 3), 2, 100, "33.33"),
        (Fraction(1, 8), 2, 1, "0.13"),
        (Fraction(-1, 8), 2, 1, "-0.13"),
        (Fraction(124999, 1000000), 2, 1, "0.12"),
        (Fraction(5, 2), 0, 1, "3"),
        (Fraction(0), 2, 100, "0.00"),
        (Fraction(10**30 + 1, 3), 1, 1, "333333333333333333333333333333.7"),
    ],
)
def test_figures_are_rounded_half_up_once(value: Fraction, decimals: int, scale: int, figure: str) -> None:
    assert str(shown(value, decimals, scale)) == figure


@pytest.mark.parametrize(
    ("numerator", "denominator", "met", "figure"),
    [
        (98000, 100000, True, "98.00"),
        (97996, 100000, False, "98.00"),
        (97999, 100000, False, "98.00"),
        (0, 100, False, "0.00"),
        (104, 100, True, "104.00"),
    ],
)
def test_the_unrounded_value_is_compared_with_the_target(
    numerator: int, denominator: int, met: bool, figure: str
) -> None:
    value = ratio(numerator, denominator)
    assert meets(value, Comparison.AT_LEAST, Decimal("0.98")) is met
    assert str(shown(value, 2, 100)) == figure


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.MORE_THAN, False, False, True),
        (Comparison.LESS_THAN, True, False, False),
    ],
)
def test_each_wording_of_a_target_has_its_comparison(
    comparison: Comparison, below: bool, equal: bool, above: bool
) -> None:
    half = Decimal("0.5")
    assert [meets(Fraction(n, 100), comparison, half) for n in (49, 50, 51)] == [below, equal, above]


def test_nothing_is_never_presented_as_zero() -> None:
    assert ratio(5, 0) is None
    assert rules.change(5, 0) is None
    assert gap(None, Decimal("0.98")) is None
    assert meets(None, Comparison.AT_LEAST, Decimal("0.98")) is None
    assert shown(None, 2) is None


def test_a_gap_is_negative_below_the_target() -> None:
    assert gap(Fraction(97, 100), Decimal("0.98")) == Fraction(-1, 100)
    assert gap(Fraction(99, 100), Decimal("0.98")) == Fraction(1, 100)


@pytest.mark.parametrize(("numerator", "short"), [(979, 1), (980, 0), (981, 0), (0, 980)])
def test_the_shortfall_is_said_in_children(numerator: int, short: int) -> None:
    assert rules.children_short(numerator, 1000, Decimal("0.98")) == short


def test_a_shortfall_is_a_whole_child() -> None:
    assert rules.children_short(0, 3, Decimal("0.5")) == 2


def test_every_indicator_counts_only_what_is_defined() -> None:
    counts = DEFINITIONS["counts"]
    codes = [indicator["code"] for indicator in DEFINITIONS["indicators"]]
    assert len(codes) == len(set(codes))
    for indicator in DEFINITIONS["indicators"]:
        for side in filter(None, (indicator["numerator"], indicator["denominator"])):
            assert side["where"].keys() <= set(counts[side["count"]]["where"])
        assert indicator["legal_source"]


def test_every_target_names_an_indicator_and_a_clause_of_the_plan() -> None:
    plan, clauses = data.document("plan/plan"), data.document("plan/clauses")["clauses"]
    codes = {indicator["code"] for indicator in DEFINITIONS["indicators"]}
    ids, units = {clause["id"] for clause in clauses}, {unit["code"] for unit in plan["units"]}
    targets = [target for group in plan["target_sets"] for target in group["targets"]]
    assert {target["indicator"] for target in targets} <= codes
    assert {target["clause"] for target in targets} - {None} <= ids
    assert len(clauses) == len(ids) == 160
    assert {c["responsible"]["lead"] for c in clauses} - {None} <= units
    assert [(t["indicator"], t["value"]) for t in targets[:3]] == [
        ("enrolment_rate_3y", "0.98"),
        ("inclusive_coverage", "0.90"),
        ("public_share", "0.50"),
    ]


def test_every_named_project_belongs_to_a_clause() -> None:
    projects = data.document("plan/projects")["projects"]
    ids = {clause["id"] for clause in data.document("plan/clauses")["clauses"]}
    divisions = {row["code"] for row in data.rows("divisions")}
    assert len(projects) == 7
    assert {project["clause"] for project in projects} <= ids
    assert {code for p in projects for code in (p["town"], p["village"]) if code} <= divisions

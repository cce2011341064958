"""Sampling, points and grades at each side of their boundaries; agreement against worked examples and another way."""

import csv
import math
import random
from decimal import Decimal
from pathlib import Path

import pytest

from services.quality.evaluations.agreement import Weights, kappa
from services.quality.evaluations.codes import EvaluationGrade
from services.quality.evaluations.rules import Scored, grade, sample, total

THRESHOLDS = {
    EvaluationGrade.EXCELLENT: Decimal(90),
    EvaluationGrade.GOOD: Decimal(80),
    EvaluationGrade.QUALIFIED: Decimal(60),
}
CITY = {"C": Decimal(3), "P": Decimal(5), "R": Decimal(2)}


def table(cells: list[list[int]]) -> tuple[list[int], list[int]]:
    pairs = [(a, b) for a, row in enumerate(cells) for b, count in enumerate(row) for _ in range(count)]
    return [a for a, _ in pairs], [b for _, b in pairs]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # The textbook tables of two readers over fifty and a hundred cases: 0.40, 0.1304 and 0.2593.
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        ([[10, 0], [0, 10]], 1.0),
        ([[0, 10], [10, 0]], -1.0),
    ],
)
def test_kappa_of_published_tables(cells: list[list[int]], expected: float):
    found = kappa(*table(cells))
    assert found == pytest.approx(expected, abs=0.00005)
    assert kappa(*table(cells), "linear") == pytest.approx(expected, abs=0.00005)  # two categories weigh alike


def by_matrices(one: list[int], two: list[int], weights: Weights) -> float | None:
    """Kappa from observed and expected matrices of proportions, as the textbooks write it."""
    levels = sorted({*one, *two})
    size, count = len(levels), len(one)
    observed = [[0.0] * size for _ in levels]
    for a, b in zip(one, two, strict=True):
        observed[levels.index(a)][levels.index(b)] += 1 / count
    rows = [sum(row) for row in observed]
    columns = [sum(row[n] for row in observed) for n in range(size)]
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    weight = [[abs(a - b) ** power if a != b else 0 for b in levels] for a in levels]
    cells = [(n, m) for n in range(size) for m in range(size)]
    expected = sum(weight[n][m] * rows[n] * columns[m] for n, m in cells)
    return 1 - sum(weight[n][m] * observed[n][m] for n, m in cells) / expected if expected else None


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_kappa_equals_another_way_of_computing_it_on_a_thousand_random_tables(weights: Weights):
    rng = random.Random(1960)  # noqa: S311  # made-up districts and scores, no secrets
    for _ in range(1000):
        count, top = rng.randint(2, 60), rng.randint(2, 5)
        one = [rng.randint(1, top) for _ in range(count)]
        two = [level if rng.random() < 0.6 else rng.randint(1, top) for level in one]
        expected = by_matrices(one, two, weights)
        found = kappa(one, two, weights)
        assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_kappa_equals_scikit_learn_on_a_thousand_random_tables():
    """`kappa.csv` holds two scorers' levels and what `cohen_kappa_score(labels=1…5)` of scikit-learn 1.9.1 gave."""
    with (Path(__file__).parent / "kappa.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1000
    kinds: tuple[tuple[str, Weights], ...] = (("kappa", "none"), ("linear", "linear"), ("quadratic", "quadratic"))
    for row in rows:
        one, two = ([int(level) for level in row[name]] for name in ("one", "two"))
        for column, weights in kinds:
            expected = pytest.approx(float(row[column]), abs=1e-12) if row[column] else None
            assert kappa(one, two, weights) == expected


def test_where_nothing_varies_there_is_nothing_to_measure():
    assert kappa([3, 3, 3], [3, 3, 3]) is None
    assert kappa([], []) is None


@pytest.mark.parametrize(("classes", "drawn"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4)])
def test_at_least_a_third_of_each_age_group_is_drawn(classes: int, drawn: int):
    ids = [f"c{n}" for n in range(classes)]
    found = sample({"small": ids, "large": ids[:1]}, 3, "seed")
    assert (len(found["small"]), len(found["large"])) == (drawn, 1)
    assert set(found["small"]) <= set(ids)


def test_whoever_has_the_seed_draws_the_same():
    ids = [f"c{n}" for n in range(12)]
    assert sample({"small": ids}, 3, "a") == sample({"small": ids[::-1]}, 3, "a")
    assert len({tuple(sample({"small": ids}, 3, str(n))["small"]) for n in range(30)}) > 20


def test_parts_count_by_their_weights():
    items = [Scored("C", 5), Scored("C", 3), Scored("P", 4), Scored("R", 1)]
    points, parts = total(items, CITY)
    assert parts == {"C": Decimal("80.00"), "P": Decimal("80.00"), "R": Decimal("20.00")}
    assert points == Decimal("68.00")


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("100", "excellent"),
        ("90.00", "excellent"),
        ("89.99", "good"),
        ("80.00", "good"),
        ("79.99", "qualified"),
        ("60.00", "qualified"),
        ("59.99", "unqualified"),
        ("20", "unqualified"),
    ],
)
def test_thresholds_decide_the_grade(points: str, expected: str):
    assert grade(Decimal(points), THRESHOLDS, serious_case=False) == expected


def recomputed(items: list[tuple[str, int]], weights: dict[str, int]) -> tuple[Decimal, str]:
    """Points and grade once more, in whole numbers: a mean of means, rounded half up by hand."""
    lcm = math.lcm(*(sum(part == p for p, _ in items) for part in weights))
    top = sum(w * 20 * lcm // n * sum(level for p, level in items if p == part)
              for part, w in weights.items() if (n := sum(p == part for p, _ in items)))  # fmt: skip
    bottom = lcm * sum(w for part, w in weights.items() if any(p == part for p, _ in items))
    hundredths = (200 * top + bottom) // (2 * bottom)
    for least, name in ((9000, "excellent"), (8000, "good"), (6000, "qualified")):
        if hundredths >= least:
            return Decimal(hundredths) / 100, name
    return Decimal(hundredths) / 100, "unqualified"


def test_points_and_grades_equal_an_independent_recomputation_on_a_thousand_random_evaluations():
    rng, seen = random.Random(2022), set()  # noqa: S311  # made-up districts and scores, no secrets
    for _ in range(1000):
        bias = rng.randint(1, 5)
        items = [(part, max(1, min(5, bias + rng.randint(-1, 1)))) for part in "CPR" for _ in range(rng.randint(1, 9))]
        points, _ = total([Scored(*each) for each in items], CITY)
        expected = recomputed(items, {"C": 3, "P": 5, "R": 2})
        assert (points, grade(points, THRESHOLDS, serious_case=False)) == expected
        seen.add(expected[1])
    assert seen == {"excellent", "good", "qualified", "unqualified"}


def test_a_serious_case_makes_any_result_unqualified():
    assert grade(Decimal(100), THRESHOLDS, serious_case=True) == "unqualified"

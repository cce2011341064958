"""班额 and 规模 (幼儿园工作规程 art. 11)."""

from datetime import date

import pytest

from services.registry import data
from services.registry.classes import rules
from services.registry.classes.codes import ClassKind
from services.registry.findings import Finding
from services.registry.parameters.rules import Parameter

ON = date(2026, 11, 23)
IN_FORCE = [Parameter.read(row) for row in data.document("parameters")["parameters"]]


@pytest.mark.parametrize(
    ("kind", "standard", "hard_limit"),
    [
        (ClassKind.SMALL, 25, 30),
        (ClassKind.MIDDLE, 30, 36),
        (ClassKind.LARGE, 35, 42),
        (ClassKind.MIXED, 30, 36),
        (ClassKind.NURSERY, 20, 24),
    ],
)
def test_each_kind_of_class_has_its_standard_and_hard_limit(kind: ClassKind, standard: int, hard_limit: int) -> None:
    size = rules.class_size(IN_FORCE, kind, ON)
    assert (size.standard, size.tolerance, size.hard_limit) == (standard, 0, hard_limit)
    assert size.document


def test_the_hard_limit_is_rounded_up() -> None:
    changed = [p for p in IN_FORCE if p.name != "hard_limit_factor"]
    changed.append(Parameter("hard_limit_factor", "", "1.15", "a district rule", "", ON, None, "illustrative"))
    assert rules.class_size(changed, ClassKind.SMALL, ON).hard_limit == 29


@pytest.mark.parametrize(
    ("children", "found"),
    [
        (0, []),
        (25, []),
        (26, [rules.OVERSIZE]),
        (27, [rules.OVERSIZE]),
        (28, [rules.SERIOUSLY_OVERSIZE]),
        (30, [rules.SERIOUSLY_OVERSIZE]),
    ],
)
def test_a_small_class_above_25_is_oversize(children: int, found: list[Finding]) -> None:
    assert rules.class_findings(IN_FORCE, ClassKind.SMALL, children, ON) == found


@pytest.mark.parametrize(
    ("children", "tolerance", "oversize"), [(25, 0, False), (26, 0, True), (26, 1, False), (27, 1, True)]
)
def test_a_district_may_tolerate_some_children_above_the_standard(
    children: int, tolerance: int, oversize: bool
) -> None:
    assert rules.is_oversize(children, 25, tolerance) is oversize


@pytest.mark.parametrize(("children", "refusal"), [(29, None), (30, rules.CLASS_FULL), (31, rules.CLASS_FULL)])
def test_nobody_is_admitted_to_a_class_at_its_hard_limit(children: int, refusal: Finding | None) -> None:
    assert rules.admission_refusal(children, 30) is refusal


@pytest.mark.parametrize(("children", "found"), [(360, []), (361, [rules.KINDERGARTEN_OVERSIZE])])
def test_a_kindergarten_normally_has_no_more_than_360_children(children: int, found: list[Finding]) -> None:
    assert rules.kindergarten_findings(IN_FORCE, children, ON) == found


def test_sizes_warn_and_only_the_hard_limit_refuses() -> None:
    assert rules.CLASS_FULL.severity == "error"
    assert {rules.OVERSIZE.severity, rules.SERIOUSLY_OVERSIZE.severity, rules.KINDERGARTEN_OVERSIZE.severity} == {
        "warning"
    }

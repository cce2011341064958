"""升班: 托→小→中→大, and to primary school at six (义务教育法 art. 11)."""

from datetime import date

import pytest

from services.registry.classes.codes import ClassKind
from services.registry.roll_overs import rules

YEAR = 2026  # ends on 31 August 2027


@pytest.mark.parametrize(
    ("kind", "birth", "outcome", "finding"),
    [
        (ClassKind.NURSERY, date(2024, 8, 31), "promoted", None),
        (ClassKind.NURSERY, date(2024, 9, 1), "promoted", rules.AGE_DIFFERS),
        (ClassKind.SMALL, date(2023, 8, 31), "promoted", None),
        (ClassKind.SMALL, date(2023, 9, 1), "promoted", rules.AGE_DIFFERS),
        (ClassKind.SMALL, date(2022, 8, 31), "promoted", rules.AGE_DIFFERS),
        (ClassKind.MIDDLE, date(2021, 9, 1), "promoted", None),
        (ClassKind.MIDDLE, date(2021, 8, 31), "promoted", rules.AGE_DIFFERS),
        (ClassKind.LARGE, date(2021, 8, 31), "graduated", None),
        (ClassKind.LARGE, date(2021, 9, 1), "held", rules.TOO_YOUNG),
        (ClassKind.LARGE, date(2019, 1, 1), "graduated", None),
        (ClassKind.MIXED, date(2021, 8, 31), "graduated", None),
        (ClassKind.MIXED, date(2021, 9, 1), "promoted", None),
        (ClassKind.MIXED, date(2024, 9, 1), "promoted", rules.AGE_DIFFERS),
    ],
)
def test_each_child_moves_up_or_graduates(kind: ClassKind, birth: date, outcome: str, finding: object) -> None:
    assert rules.step(kind, birth, YEAR) == rules.Step(outcome, finding)  # type: ignore[arg-type]  # literals of the table


@pytest.mark.parametrize(
    ("name", "kind", "following", "after"),
    [
        ("小一班", ClassKind.SMALL, ClassKind.MIDDLE, "中一班"),
        ("中(2)班", ClassKind.MIDDLE, ClassKind.LARGE, "大(2)班"),
        ("托班", ClassKind.NURSERY, ClassKind.SMALL, "小班"),
        ("向日葵班", ClassKind.SMALL, ClassKind.MIDDLE, "向日葵班"),
        ("混一班", ClassKind.MIXED, ClassKind.MIXED, "混一班"),
        ("小一班", ClassKind.MIDDLE, ClassKind.LARGE, "小一班"),
    ],
)
def test_a_class_is_named_by_its_year_unless_it_has_a_name_of_its_own(
    name: str, kind: ClassKind, following: ClassKind, after: str
) -> None:
    assert rules.name_after(name, kind, following) == after


def test_findings_that_keep_a_child_where_it_is_are_errors() -> None:
    warnings = {code for code, each in rules.FINDINGS.items() if each.severity == "warning"}
    assert warnings == {"age-differs-from-next-class"}

"""The school year, its cut-off and the classes of each age."""

from datetime import date

import pytest

from services.registry.ages import rules
from services.registry.classes.codes import ClassKind

SMALL, MIDDLE, LARGE, MIXED, NURSERY = (
    ClassKind.SMALL,
    ClassKind.MIDDLE,
    ClassKind.LARGE,
    ClassKind.MIXED,
    ClassKind.NURSERY,
)


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 11, 23), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 8, 31), 2026),
    ],
)
def test_a_school_year_runs_from_september_to_august(on: date, year: int) -> None:
    assert rules.school_year(on) == year
    assert rules.school_year_since(year) <= on < rules.school_year_until(year)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2023, 8, 31), date(2026, 8, 31), 3),
        (date(2023, 9, 1), date(2026, 8, 31), 2),
        (date(2020, 2, 29), date(2023, 2, 28), 2),
        (date(2020, 2, 29), date(2023, 3, 1), 3),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
    ],
)
def test_full_years_count_birthdays_reached(birth: date, on: date, years: int) -> None:
    assert rules.full_years(birth, on) == years


@pytest.mark.parametrize(
    ("birth", "on", "months"),
    [
        (date(2024, 8, 31), date(2026, 8, 31), 24),
        (date(2024, 9, 1), date(2026, 8, 31), 23),
        (date(2024, 1, 31), date(2024, 2, 29), 0),
        (date(2024, 1, 31), date(2024, 3, 31), 2),
    ],
)
def test_full_months_count_months_completed(birth: date, on: date, months: int) -> None:
    assert rules.full_months(birth, on) == months


@pytest.mark.parametrize(
    ("birth", "kind"),
    [
        (date(2024, 9, 1), None),
        (date(2024, 8, 31), NURSERY),
        (date(2023, 9, 1), NURSERY),
        (date(2023, 8, 31), SMALL),
        (date(2022, 9, 1), SMALL),
        (date(2022, 8, 31), MIDDLE),
        (date(2021, 9, 1), MIDDLE),
        (date(2021, 8, 31), LARGE),
        (date(2020, 9, 1), LARGE),
        (date(2020, 8, 31), None),
    ],
)
def test_age_at_the_cut_off_decides_the_class(birth: date, kind: ClassKind | None) -> None:
    assert rules.expected_class_kind(birth, 2026) is kind
    assert rules.suits(MIXED, birth, 2026) is (kind in {SMALL, MIDDLE, LARGE})
    if kind is not None:
        assert rules.suits(kind, birth, 2026)


@pytest.mark.parametrize(
    ("birth", "counted"),
    [
        (date(2023, 9, 1), False),
        (date(2023, 8, 31), True),
        (date(2020, 9, 1), True),
        (date(2020, 8, 31), False),
    ],
)
def test_three_preschool_years_are_counted_for_the_enrolment_rate(birth: date, counted: bool) -> None:
    assert rules.three_to_five(birth, date(2026, 11, 23)) is counted
    assert rules.three_to_five(birth, date(2027, 8, 31)) is counted


def test_a_birth_window_names_its_first_and_last_day() -> None:
    assert rules.birth_window(2026, 3, 3) == (date(2022, 9, 1), date(2023, 8, 31))
    assert rules.birth_window(2026, 3, 5) == (date(2020, 9, 1), date(2023, 8, 31))


@pytest.mark.parametrize(
    ("kind", "birth", "following"),
    [
        (NURSERY, date(2024, 1, 1), SMALL),
        (SMALL, date(2023, 1, 1), MIDDLE),
        (MIDDLE, date(2022, 1, 1), LARGE),
        (LARGE, date(2021, 1, 1), None),
        (MIXED, date(2021, 9, 1), MIXED),
        (MIXED, date(2021, 8, 31), None),
    ],
)
def test_children_move_up_once_a_year_until_they_graduate(
    kind: ClassKind, birth: date, following: ClassKind | None
) -> None:
    assert rules.next_kind(kind, birth, 2026) is following

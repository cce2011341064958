"""教职工配备标准 on both sides of every boundary."""

from collections import Counter
from datetime import date

import pytest

from services.registry.parameters.published import PARAMETERS
from services.registry.staffing.rules import (
    Classroom,
    Standard,
    Workforce,
    age_band,
    class_needs,
    exceeds_teacher_ratio,
    is_understaffed,
    needs,
    required_guards,
    too_many_children,
)

ON = date(2026, 11, 23)
NOW = Standard(PARAMETERS, ON)


def room(children: int = 25, teachers: int = 0, carers: int = 0, kind: str = "small", *, boarding: bool = False):
    return Classroom("c", "小一班", kind, children, boarding, teachers, carers)


def force(children: int, relation: str | None = None, classes: int = 1, **posts: int) -> Workforce:
    """A kindergarten with that many children in its first class; posts are full-time and contracted."""
    rooms = [room(children), *(room(1) for _ in range(classes - 1))]
    return Workforce(tuple(rooms), Counter({(role, "contract", True): n for role, n in posts.items()}), relation)


def needed(found: Workforce, on: date = ON) -> dict[str, tuple[int, int]]:
    return {
        each.measure.value: (each.required, each.short)
        for each in needs(Standard(PARAMETERS, on), found)
        if each.classroom is None
    }


@pytest.mark.parametrize(
    ("teachers", "carers", "boarding", "short"),
    [
        (2, 1, False, 0),
        (3, 0, False, 0),
        (2, 0, False, 1),
        (1, 1, False, 1),
        (1, 0, False, 2),
        (0, 1, False, 2),
        (0, 3, False, 2),
        (2, 1, True, 2),
        (3, 2, True, 0),
        (4, 1, True, 0),
        (4, 0, True, 1),
        (3, 1, True, 1),
    ],
)
def test_a_class_has_two_teachers_and_a_childcare_worker_or_three_teachers(
    teachers: int, carers: int, short: int, *, boarding: bool
) -> None:
    asked = room(teachers=teachers, carers=carers, boarding=boarding)
    assert sum(each.short for each in class_needs(NOW, asked)) == short
    assert is_understaffed(NOW, asked) is (short > 0)


def test_an_attached_class_needs_two_teachers_and_an_empty_one_nobody() -> None:
    assert not is_understaffed(NOW, room(teachers=2), attached=True)
    assert is_understaffed(NOW, room(teachers=1, carers=1), attached=True)
    assert list(class_needs(NOW, room(children=0))) == []


@pytest.mark.parametrize(("children", "required"), [(1, 1), (7, 1), (8, 2), (14, 2), (15, 3), (20, 3)])
def test_a_nursery_class_has_a_carer_for_every_seven_children(children: int, required: int) -> None:
    (need,) = class_needs(NOW, room(children, teachers=1, kind="nursery"))
    assert (need.required, need.present) == (required, 1)
    assert not is_understaffed(NOW, room(children, kind="nursery"))


@pytest.mark.parametrize(
    ("children", "staff", "care", "breach"),
    [(70, 10, 8, False), (71, 10, 8, True), (72, 11, 8, False), (73, 11, 8, True), (0, 0, 0, False)],
)
def test_reg_03_seven_children_a_member_of_staff_and_nine_a_carer(
    children: int, staff: int, care: int, *, breach: bool
) -> None:
    found = force(children, teacher=care, worker=staff - care)
    assert too_many_children(NOW, found) is breach


def test_purchased_and_part_time_work_is_no_staff_of_the_kindergarten() -> None:
    posts = Counter({("guard", "outsourced", True): 3, ("health", "contract", False): 1, ("teacher", "quota", True): 2})
    found = Workforce((room(20),), posts)
    assert (found.staff, found.care) == (2, 2)


@pytest.mark.parametrize(
    ("classes", "leaders", "over"), [(5, 1, 0), (5, 2, 1), (6, 2, 0), (6, 3, 1), (9, 2, 0), (10, 3, 0), (10, 4, 1)]
)
def test_principals_by_number_of_classes(classes: int, leaders: int, over: int) -> None:
    found = force(30, classes=classes, principal=1, deputy_principal=leaders - 1)
    (need,) = [each for each in needs(NOW, found) if each.measure == "principal"]
    assert (need.required, need.short, need.over) == (1, 0, over)


def test_a_branch_and_an_attached_class_have_no_principal_of_their_own() -> None:
    assert needed(force(30))["principal"] == (1, 1)
    assert "principal" not in needed(force(30, "branch"))
    assert not {"principal", "guard", "cook"} & needed(force(30, "attached")).keys()


@pytest.mark.parametrize(("children", "required"), [(1, 1), (149, 1), (150, 1), (299, 1), (300, 2), (449, 2), (450, 3)])
def test_health_workers_for_every_150_children(children: int, required: int) -> None:
    assert needed(force(children))["health"] == (required, required)


def test_below_150_children_a_part_time_health_worker_is_enough() -> None:
    part = Counter({("health", "contract", False): 1})
    for children, short in ((149, 0), (150, 1)):
        found = Workforce((room(children),), part)
        assert needed(found)["health"] == (1, short)


@pytest.mark.parametrize(("children", "required"), [(1, 1), (39, 1), (45, 1), (46, 2), (90, 2), (91, 3)])
def test_cooks_for_every_45_children(children: int, required: int) -> None:
    assert needed(force(children))["cook"] == (required, required)


@pytest.mark.parametrize(
    ("children", "staff", "boarders", "on", "guards"),
    [
        (99, 10, 0, ON, 3),  # Beijing is the stricter
        (500, 60, 0, ON, 3),
        (900, 99, 0, ON, 3),
        (900, 600, 0, ON, 4),
        (1500, 100, 0, ON, 4),
        (99, 10, 1, ON, 4),
        (310, 50, 299, ON, 4),
        (310, 50, 300, ON, 5),
        (99, 10, 0, date(2018, 1, 1), 3),
        (99, 10, 0, date(2017, 12, 31), 0),
    ],
)
def test_guards_by_size_are_the_stricter_of_both_standards(
    children: int, staff: int, boarders: int, on: date, guards: int
) -> None:
    assert required_guards(Standard(PARAMETERS, on), children, staff, boarders) == guards


@pytest.mark.parametrize(("children", "guards"), [(99, 1), (100, 2), (999, 2), (1000, 3), (1499, 3), (1500, 4)])
def test_guards_by_the_national_standard_alone(children: int, guards: int) -> None:
    national = [each for each in PARAMETERS if not each.name.startswith("guards_beijing")]
    assert required_guards(Standard(national, ON), children, 0, 0) == guards


@pytest.mark.parametrize(
    ("children", "teachers", "exceeded"),
    [(15, 1, False), (16, 1, True), (150, 10, False), (151, 10, True), (1, 0, True)],
)
def test_reg_05_fifteen_children_a_teacher(children: int, teachers: int, *, exceeded: bool) -> None:
    assert exceeds_teacher_ratio(NOW, children, teachers) is exceeded
    assert not exceeds_teacher_ratio(Standard(PARAMETERS, date(2020, 2, 17)), children, teachers)


def test_before_the_standard_nothing_was_required() -> None:
    assert needed(force(30), date(2009, 1, 1)) == {}
    assert set(needed(force(30), date(2013, 1, 8))) == {"staff", "care", "principal", "health", "cook"}


@pytest.mark.parametrize(
    ("age", "band"), [(18, "<25"), (24, "<25"), (25, "25-29"), (59, "55-59"), (60, ">=60"), (70, ">=60")]
)
def test_age_bands(age: int, band: str) -> None:
    assert age_band(age) == band

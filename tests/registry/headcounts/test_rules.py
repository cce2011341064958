"""Which day counts, when it is due, who is in the last year, and how half days become child-days."""

from datetime import date

import pytest

from services.registry.attendance.codes import Mark
from services.registry.attendance.rules import BLANK, Halves, days_of, is_open, laid_over, month_after
from services.registry.headcounts.rules import (
    Room,
    Stay,
    class_counts,
    count_day,
    deadline,
    difference,
    is_last_year,
    missing,
)
from shared.ids import new_id
from shared.tables import FOREVER

WHOLE = Halves(Mark.PRESENT, Mark.PRESENT)
MORNING = Halves(Mark.PRESENT, Mark.SICK)
SEPTEMBER = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("month", "of_month", "expected"),
    [
        (date(2026, 9, 1), 15, date(2026, 9, 15)),  # a Tuesday
        (date(2026, 11, 1), 15, date(2026, 11, 16)),  # a Sunday: the Monday after
        (date(2026, 10, 1), 1, date(2026, 10, 8)),  # the national holiday
        (date(2026, 5, 1), 31, date(2026, 5, 29)),  # the month ends with a weekend: the Friday before
    ],
)
def test_the_count_day_is_a_working_day_of_the_month(month: date, of_month: int, expected: date):
    assert count_day(month, of_month) == expected


def test_a_month_is_due_after_so_many_working_days():
    assert deadline(date(2026, 10, 1), 5) == date(2026, 11, 6)
    assert deadline(date(2026, 9, 1), 5) == date(2026, 10, 13)  # after the national holiday, with a Saturday worked


@pytest.mark.parametrize(
    ("cohort", "on", "expected"),
    [
        (2020, date(2026, 9, 1), True),  # born up to 31 August 2021: five on 31 August 2026
        (2020, date(2027, 8, 31), True),
        (2020, date(2027, 9, 1), False),  # at primary school by now
        (2019, date(2026, 9, 1), False),
        (2021, date(2026, 9, 1), False),
        (2020, date(2026, 8, 31), False),  # the year before was not its last
    ],
)
def test_the_last_year_goes_by_birth_date(cohort: int, on: date, expected: bool):
    assert is_last_year(cohort, on) is expected


def test_two_half_days_are_a_child_day_and_a_single_one_is_left_out():
    room, first, second = Room(new_id(), "大一班", "large"), new_id(), new_id()
    day, other = date(2026, 9, 15), date(2026, 9, 16)
    marks = laid_over(laid_over(BLANK, day, MORNING), other, WHOLE)
    stays = [Stay(room.id, child, SEPTEMBER, FOREVER, 2020, marks) for child in (first, second)]
    (found,) = class_counts([room], stays, day, [day, other])
    assert (found.children, found.last_year_children, found.half_days, found.child_days) == (2, 2, 6, 3)
    (alone,) = class_counts([room], stays[:1], day, [day, other])
    assert (alone.half_days, alone.child_days) == (3, 1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (list(days_of(SEPTEMBER)), 20),
        ([date(2026, 9, 9), date(2026, 9, 10), date(2026, 9, 19), date(2026, 9, 20)], 4),
        ([date(2026, 9, 9), date(2026, 9, 20)], 0),
        ([], 0),
    ],
)
def test_only_open_days_within_the_stay_count(days: list[date], expected: int):
    marks = BLANK
    for day in days_of(SEPTEMBER):
        marks = laid_over(marks, day, WHOLE)
    room = Room(new_id(), "大一班", "large")
    stay = Stay(room.id, new_id(), date(2026, 9, 10), date(2026, 9, 20), 2020, marks)
    (found,) = class_counts([room], [stay], date(2026, 9, 15), days)
    assert found.half_days == expected


def test_a_child_who_left_the_class_and_came_back_is_one_child():
    room, child, day = Room(new_id(), "中一班", "middle"), new_id(), date(2026, 9, 15)
    marks = laid_over(laid_over(BLANK, date(2026, 9, 2), WHOLE), date(2026, 9, 21), WHOLE)
    stays = [
        Stay(room.id, child, SEPTEMBER, date(2026, 9, 5), 2021, marks),
        Stay(room.id, child, date(2026, 9, 14), FOREVER, 2021, marks),
    ]
    (found,) = class_counts([room], stays, day, days_of(SEPTEMBER))
    assert found.roll == ((child, 1, 0, 4),)


def test_a_day_is_missing_until_both_halves_of_every_child_are_taken():
    room, day = new_id(), date(2026, 9, 15)
    taken = Stay(room, new_id(), SEPTEMBER, FOREVER, 2021, laid_over(BLANK, day, WHOLE))
    blank = Stay(room, new_id(), SEPTEMBER, day, 2021, BLANK)
    assert missing([taken, blank], [day]) == []
    assert missing([taken, blank], [date(2026, 9, 14), day]) == [(room, date(2026, 9, 14))]


def test_a_difference_is_what_to_add():
    first, second = str(new_id()), str(new_id())
    was = [{"class_id": first, "kind": "large", "children": 30, "last_year_children": 29, "child_days": 600}]
    now = [
        {"class_id": first, "kind": "large", "children": 29, "last_year_children": 29, "child_days": 590},
        {"class_id": second, "kind": "nursery", "children": 5, "last_year_children": 0, "child_days": 90},
    ]
    found = {each["class_id"]: each for each in difference(was, now)}
    assert found[first] == {
        "class_id": first,
        "kind": "large",
        "children": -1,
        "last_year_children": 0,
        "child_days": -10,
    }
    assert found[second]["children"] == 5
    assert difference(now, now) == []


@pytest.mark.parametrize(
    ("day", "exceptions", "shut", "expected"),
    [
        (date(2026, 9, 4), {}, [], True),
        (date(2026, 9, 5), {}, [], False),  # a Saturday
        (date(2026, 10, 1), {}, [], False),
        (date(2026, 10, 10), {}, [], True),  # a Saturday worked for the holiday
        (date(2026, 9, 5), {date(2026, 9, 5): True}, [], True),
        (date(2026, 9, 4), {date(2026, 9, 4): False}, [], False),
        (date(2026, 9, 4), {date(2026, 9, 4): True}, [(date(2026, 9, 4), date(2026, 9, 5))], False),
        (date(2026, 9, 4), {}, [(date(2026, 9, 1), date(2026, 9, 4))], True),
    ],
)
def test_when_a_kindergarten_is_open(
    day: date, exceptions: dict[date, bool], shut: list[tuple[date, date]], expected: bool
):
    assert is_open(day, exceptions, shut) is expected


def test_the_month_after_december_is_january():
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert len(list(days_of(date(2028, 2, 1)))) == 29

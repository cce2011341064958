"""教职工考勤: who is to be named, and what a month comes to."""

from datetime import date, timedelta
from uuid import UUID

from services.registry.attendance.codes import Mark
from services.registry.attendance.rules import BLANK, Halves, Sheet, laid_over
from services.registry.staff_attendance.rules import (
    NOT_IN_POST,
    PERSON_MISSING,
    PERSON_TWICE,
    Service,
    people_on,
    sheet_findings,
    staff_count,
)

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
MONTH = date(2026, 9, 1)
DAYS = [MONTH + timedelta(number) for number in range(4)]
ALL, HALF = Halves(Mark.PRESENT, Mark.PRESENT), Halves(Mark.PRESENT, Mark.SICK)


def test_two_posts_are_one_person_and_the_last_day_of_a_post_is_the_one_before_its_end():
    services = [
        Service(FIRST, MONTH, DAYS[2]),
        Service(FIRST, DAYS[1], DAYS[3]),
        Service(SECOND, DAYS[3], date(2027, 1, 1)),
    ]
    assert [people_on(services, day) for day in DAYS] == [[FIRST], [FIRST], [FIRST], [SECOND]]


def test_everyone_in_post_is_named_once_or_covered_by_the_others():
    there = [FIRST, SECOND]
    sheet = Sheet(MONTH, ((FIRST, ALL), (FIRST, HALF), (THIRD, ALL)), None)
    assert list(sheet_findings(sheet, there)) == [(1, PERSON_TWICE), (2, NOT_IN_POST), (None, PERSON_MISSING)]
    assert list(sheet_findings(Sheet(MONTH, ((FIRST, HALF),), ALL), there)) == []


def test_only_half_days_in_post_on_open_days_count_and_what_was_not_taken_is_missing():
    services = [
        Service(FIRST, MONTH, date(2027, 1, 1), own=True, carer=True),
        Service(SECOND, DAYS[1], DAYS[3], own=True),
        Service(THIRD, MONTH, date(2027, 1, 1), own=False),
    ]
    marks = {FIRST: BLANK, SECOND: BLANK}
    for day in DAYS:
        marks[FIRST] = laid_over(marks[FIRST], day, ALL)
        marks[SECOND] = laid_over(marks[SECOND], day, HALF)
    found = staff_count(services, marks, DAYS[3], DAYS[:3])
    assert found is not None
    # The second person left before the count day; the third is bought in, and nobody took its attendance.
    assert (found.staff, found.carers, found.half_days, found.carer_half_days, found.missing) == (1, 1, 6 + 2, 6, 6)
    assert found.roll == ((FIRST, 1, 1, 6), (SECOND, 0, 0, 2), (THIRD, 0, 0, 0))
    assert len(found.roll_hash) == 64
    assert staff_count(services, {}, DAYS[3], DAYS) is None

"""Marks of a month as a string: laid over, filled, kept to the days they may stand on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.attendance.codes import LETTERS, MARKS, NOT_TAKEN, WIDTH, Mark
from services.registry.attendance.rules import (
    BLANK,
    CHILD_MISSING,
    CHILD_TWICE,
    CLOSED,
    FUTURE,
    NOT_ENROLLED,
    OTHER_MONTH,
    Halves,
    Sheet,
    day_finding,
    day_mask,
    fill,
    laid_over,
    marks_of,
    sheet_findings,
    within,
)
from shared.ids import new_id

SEPTEMBER = date(2026, 9, 1)
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
PRESENT, SICK = Halves(Mark.PRESENT, Mark.PRESENT), Halves(Mark.PRESENT, Mark.SICK)
_marks = st.text(alphabet=[*MARKS, NOT_TAKEN], min_size=WIDTH, max_size=WIDTH)


def test_every_mark_has_a_letter_of_its_own():
    assert set(LETTERS) == set(Mark)
    assert len(set(LETTERS.values())) == len(Mark)


def test_a_day_has_two_places():
    assert laid_over(BLANK, FIRST, SICK) == "PS" + "_" * 60
    assert laid_over(laid_over(BLANK, LAST, SICK), date(2026, 10, 31), PRESENT) == "_" * 58 + "PSPP"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), OTHER_MONTH),
        (date(2026, 9, 15), None),
        (date(2026, 9, 16), FUTURE),
        (date(2026, 9, 5), CLOSED),
        (date(2026, 10, 1), OTHER_MONTH),
    ],
)
def test_on_which_days_attendance_is_taken(day: date, expected: object):
    open_days = {date(2026, 9, 15), date(2026, 9, 16)}
    assert day_finding(day, SEPTEMBER, date(2026, 9, 15), open_days) is expected


def test_what_a_sheet_must_say():
    first, second, stranger = new_id(), new_id(), new_id()
    here = [first, second]
    whole = Sheet(FIRST, ((first, SICK),), PRESENT)
    assert list(sheet_findings(whole, here)) == []
    assert marks_of(whole, here) == {first: SICK, second: PRESENT}
    faulty = Sheet(FIRST, ((first, SICK), (first, SICK), (stranger, SICK)), None)
    assert list(sheet_findings(faulty, here)) == [(1, CHILD_TWICE), (2, NOT_ENROLLED), (None, CHILD_MISSING)]
    assert list(sheet_findings(Sheet(FIRST, (), None), [])) == []


@given(sent=_marks, before=_marks)
def test_a_blank_changes_nothing_and_a_mark_replaces(sent: str, before: str):
    after = fill(sent, before)
    for at in range(WIDTH):
        assert after[at] == (before[at] if sent[at] == NOT_TAKEN else sent[at])


@given(marks=_marks, days=st.sets(st.integers(1, 31)))
def test_marks_are_parted_by_the_days_they_may_stand_on(marks: str, days: set[int]):
    inside, outside = within(marks, day_mask(date(2026, 10, day) for day in days))
    for at in range(WIDTH):
        allowed = at // 2 + 1 in days
        assert inside[at] == (marks[at] if allowed else NOT_TAKEN)
        assert outside[at] == (NOT_TAKEN if allowed else marks[at])

"""任务与季报: quarters, days, what is late, at their boundaries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.registry.parameters.published import PARAMETERS
from services.registry.plan_tasks.rules import (
    Work,
    is_done_on_time,
    is_overdue,
    name_of,
    next_quarter,
    quarter_named,
    quarter_of,
    quarters_owed,
    report_due,
    warnings,
)

DAY = timedelta(1)
DUE = date(2025, 6, 30)
WORK = Work("assigned", DUE, date(2025, 2, 10), None, None, {})
Q1, Q2, Q3, Q4 = (date(2025, month, 1) for month in (1, 4, 7, 10))


@pytest.mark.parametrize(
    ("day", "quarter", "name"),
    [(date(2025, 1, 1), Q1, "2025-Q1"), (date(2025, 6, 30), Q2, "2025-Q2"), (date(2025, 12, 31), Q4, "2025-Q4")],
)
def test_a_day_lies_in_one_quarter(day: date, quarter: date, name: str):
    assert (quarter_of(day), name_of(quarter), quarter_named(name)) == (quarter, name, quarter)


def test_quarters_follow_each_other():
    assert [next_quarter(each) for each in (Q1, Q2, Q3, Q4)] == [Q2, Q3, Q4, date(2026, 1, 1)]


def test_a_report_is_due_on_the_tenth_working_day_after_its_quarter():
    # 清明 4 April 2025 is a holiday (Friday): 1, 2, 3, 7 … 11, 14, 15 April.
    assert report_due(Q1, PARAMETERS) == date(2025, 4, 15)


def test_every_quarter_that_ended_under_way_is_owed():
    assert list(quarters_owed(WORK, date(2025, 3, 31))) == []
    assert list(quarters_owed(WORK, date(2025, 4, 1))) == [Q1]
    assert list(quarters_owed(WORK, date(2025, 10, 1))) == [Q1, Q2, Q3]
    assert list(quarters_owed(replace(WORK, assigned_on=None), date(2025, 10, 1))) == []
    closed = replace(WORK, state="completed", closed_on=date(2025, 6, 30))
    assert list(quarters_owed(closed, date(2025, 10, 1))) == [Q1]
    assert list(quarters_owed(replace(closed, closed_on=date(2025, 7, 1)), date(2025, 10, 1))) == [Q1, Q2]


@pytest.mark.parametrize(("on", "late"), [(DUE, False), (DUE + DAY, True)])
def test_a_task_is_overdue_from_the_day_after_its_last(on: date, late: bool):
    assert is_overdue(WORK, on) is late
    assert is_overdue(replace(WORK, submitted_on=on), on) is False
    assert is_overdue(replace(WORK, submitted_on=on + DAY), on) is late
    assert is_overdue(replace(WORK, assigned_on=None), on) is False
    assert is_overdue(replace(WORK, state="cancelled", closed_on=on), on) is False


def test_a_missing_report_warns_after_its_day_and_a_late_one_is_seen_for_ever():
    due = report_due(Q1, PARAMETERS)
    assert warnings(WORK, PARAMETERS, due) == ()
    (missing,) = warnings(WORK, PARAMETERS, due + DAY)
    assert (missing.kind, missing.subject, missing.due_on, missing.days) == ("report_missing", "2025-Q1", due, 1)
    in_time, late = (replace(WORK, reported={Q1: day}) for day in (due, due + 3 * DAY))
    assert warnings(in_time, PARAMETERS, date(2025, 6, 1)) == ()
    (found,) = warnings(late, PARAMETERS, date(2025, 6, 1))
    assert (found.kind, found.days) == ("report_late", 3)
    # As of a day before it came it was missing.
    assert [each.kind for each in warnings(late, PARAMETERS, due + 2 * DAY)] == ["report_missing"]


@pytest.mark.parametrize(("submitted", "in_time"), [(DUE, True), (DUE + DAY, False)])
def test_done_in_time_is_reported_done_by_the_last_day_however_long_the_check_takes(submitted: date, in_time: bool):
    work = replace(WORK, state="completed", submitted_on=submitted, closed_on=DUE + 20 * DAY)
    assert is_done_on_time(work, DUE + 20 * DAY) is in_time
    assert is_done_on_time(work, DUE + 19 * DAY) is False

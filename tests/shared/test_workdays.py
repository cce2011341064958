from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.workdays import add_working_days, is_announced, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 9, 28), True),  # a Sunday that makes up for the holiday
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # a Saturday
        (date(2025, 10, 12), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
    ],
)
def test_holidays_and_the_days_that_make_up_for_them(day: date, works: bool):
    assert is_working_day(day) is works


def test_a_deadline_runs_over_the_national_day_holiday():
    assert add_working_days(date(2025, 9, 26), 5) == date(2025, 10, 10)


def test_the_day_itself_is_not_counted():
    assert add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 24)
    assert add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)


def test_a_year_without_a_notice_is_known_as_such():
    assert is_announced(2026)
    assert not is_announced(2031)


@given(some.dates(date(2024, 1, 1), date(2026, 12, 31)), some.integers(1, 60))
def test_adding_and_counting_agree(start: date, count: int):
    end = add_working_days(start, count)
    assert working_days_between(start, end) == count
    assert working_days_between(start, end - timedelta(1)) == count - 1

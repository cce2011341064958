"""Periods, missed checks and scores, at their boundaries."""

from datetime import date
from decimal import Decimal

import pytest

from services.safety.checklists.rules import Item, Span, ended, period, score, term


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2026, 9, 1), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2027, 9, 1), date(2028, 2, 29)),
        (date(2027, 3, 1), date(2027, 3, 1), date(2027, 8, 31)),
        (date(2026, 8, 31), date(2026, 3, 1), date(2026, 8, 31)),
    ],
)
def test_a_term_has_its_first_and_last_day(day: date, first: date, last: date):
    assert term(day) == Span(first, last)


def test_weeks_begin_on_monday_and_months_on_the_first():
    assert period("weekly", date(2026, 11, 22)) == Span(date(2026, 11, 16), date(2026, 11, 22))
    assert period("monthly", date(2026, 2, 10)) == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert period("monthly", date(2026, 12, 31)) == Span(date(2026, 12, 1), date(2026, 12, 31))


def test_nobody_is_late_on_holidays():
    days = [span.first for span in ended("daily", date(2026, 9, 28), date(2026, 10, 12))]
    assert date(2026, 10, 1) not in days
    assert date(2026, 9, 30) in days


def test_a_period_that_began_before_or_is_not_over_counts_not():
    spans = list(ended("weekly", date(2026, 11, 4), date(2026, 11, 22)))
    assert [span.first for span in spans] == [date(2026, 11, 9)]
    assert len(list(ended("weekly", date(2026, 11, 4), date(2026, 11, 23)))) == 2


ITEMS = [Item("a", Decimal(5), False), Item("b", Decimal(3), True), Item("c", Decimal(2), False)]


@pytest.mark.parametrize(
    ("answers", "points", "keys"),
    [
        ({"a": "ok", "b": "ok", "c": "ok"}, "100.00", ()),
        ({"a": "bad", "b": "ok", "c": "ok"}, "50.00", ()),
        ({"a": "ok", "b": "bad", "c": "none"}, "62.50", ("b",)),
        ({"a": "none", "b": "none", "c": "none"}, None, ()),
    ],
)
def test_points_count_what_is_applicable_and_key_indicators_fail_the_whole(
    answers: dict[str, str], points: str | None, keys: tuple[str, ...]
):
    found = score(ITEMS, answers)
    assert (found.points, found.failed_keys) == (Decimal(points) if points else None, keys)
    assert score(ITEMS, {}).missing == ("a", "b", "c")

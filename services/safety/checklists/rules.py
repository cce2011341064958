"""When a check is due and what its answers are worth. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from shared.workdays import is_working_day

PeriodKind = Literal["daily", "weekly", "monthly", "term"]
MARCH, SEPTEMBER = 3, 9
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted."""

    first: date
    last: date


def term(day: date) -> Span:
    """The school term of a day: 1 September to the end of February, 1 March to 31 August (学期; a convention)."""
    if MARCH <= day.month < SEPTEMBER:
        return Span(date(day.year, MARCH, 1), date(day.year, 8, 31))
    year = day.year if day.month >= SEPTEMBER else day.year - 1
    return Span(date(year, SEPTEMBER, 1), date(year + 1, MARCH, 1) - timedelta(1))


def period(kind: str, day: date) -> Span:
    """The period a check of that kind made on that day is for."""
    if kind == "daily":
        return Span(day, day)
    if kind == "weekly":
        monday = day - timedelta(day.weekday())
        return Span(monday, monday + timedelta(6))
    if kind == "monthly":
        first = day.replace(day=1)
        return Span(first, (first + timedelta(32)).replace(day=1) - timedelta(1))
    return term(day)


def is_due(span: Span) -> bool:
    """Whether there was a working day in the period: nobody checks an empty house."""
    return any(is_working_day(span.first + timedelta(step)) for step in range((span.last - span.first).days + 1))


def ended(kind: str, since: date, before: date) -> Iterator[Span]:
    """Periods that began on or after `since`, are due, and were over before `before`."""
    span = period(kind, since)
    if span.first < since:
        span = period(kind, span.last + timedelta(1))
    while span.last < before:
        if is_due(span):
            yield span
        span = period(kind, span.last + timedelta(1))


@dataclass(frozen=True, slots=True)
class Item:
    """What a point of a checklist counts."""

    code: str
    weight: Decimal
    key: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Points of 100 over what was applicable; failing one key indicator (关键指标) fails the whole."""

    points: Decimal | None
    failed_keys: tuple[str, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]


def score(items: Iterable[Item], answers: dict[str, str]) -> Score:
    """The worth of answers `ok`, `bad` or `none` (not applicable) by item code."""
    listed = tuple(items)
    counted = [each for each in listed if answers.get(each.code) in ("ok", "bad")]
    whole = sum((each.weight for each in counted), Decimal(0))
    good = sum((each.weight for each in counted if answers[each.code] == "ok"), Decimal(0))
    points = (good * 100 / whole).quantize(CENT, ROUND_HALF_UP) if whole else None
    failed = [each for each in counted if answers[each.code] == "bad"]
    return Score(
        points,
        tuple(each.code for each in failed if each.key),
        tuple(each.code for each in failed),
        tuple(each.code for each in listed if each.code not in answers),
    )

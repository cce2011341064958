"""Attendance as a string of half days, which days are open, and what a day's marks must satisfy. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.registry.attendance.codes import LETTERS, NOT_TAKEN, WIDTH, Mark
from services.registry.findings import Finding
from shared.workdays import is_working_day

DAY = timedelta(1)
DECEMBER = 12
BLANK = NOT_TAKEN * WIDTH
ALLOWED = "."

FUTURE = Finding("attendance-in-the-future", "不能登记尚未到来的日期的考勤", "The day has not come yet")
CLOSED = Finding("attendance-on-a-closed-day", "当日闭园,不登记考勤", "The kindergarten is closed on that day")
OTHER_MONTH = Finding("attendance-of-another-month", "日期不在所填报的月份之内", "The day lies outside the month")
DAY_TWICE = Finding("attendance-day-named-twice", "同一日期出现两次", "The day is named twice")
NOT_ENROLLED = Finding("child-not-in-the-class", "该幼儿当日不在此班", "The child is not in the class on that day")
CHILD_TWICE = Finding("attendance-child-named-twice", "同一幼儿出现两次", "The child is named twice")
CHILD_MISSING = Finding(
    "attendance-child-missing",
    "当日在班的幼儿未全部登记,也未给出其余幼儿的考勤",
    "Not every child of the class is named, and nothing is said of the others",
)

MARK_OUT_OF_PLACE = Finding(
    "attendance-mark-out-of-place",
    "有考勤填在该幼儿不在园、闭园或尚未到来的日期",
    "A mark stands on a day on which the child was not enrolled, the kindergarten closed, or that has not come",
)


@dataclass(frozen=True, slots=True)
class Halves:
    """A child's morning and afternoon."""

    morning: Mark
    afternoon: Mark

    @property
    def letters(self) -> str:
        return LETTERS[self.morning] + LETTERS[self.afternoon]


@dataclass(frozen=True, slots=True)
class Presence:
    """A child is in the class from `since` until (not including) `until`."""

    child: UUID
    since: date
    until: date

    def on(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one day of a class says: the children named, in their order, and what holds of the others."""

    day: date
    named: tuple[tuple[UUID, Halves], ...]
    others: Halves | None


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + 1, 1, 1) if month.month == DECEMBER else month.replace(month=month.month + 1, day=1)


def days_of(month: date) -> Iterator[date]:
    """Every day of the month."""
    day, end = month, month_after(month)
    while day < end:
        yield day
        day += DAY


def is_open(day: date, exceptions: Mapping[date, bool], shut: Iterable[tuple[date, date]] = ()) -> bool:
    """Whether a kindergarten works on a day: by its own word for that day, else as China does.

    `shut` are the periods [since, until) in which it was suspended or closed: no word of its own opens those.
    """
    if any(since <= day < until for since, until in shut):
        return False
    return exceptions.get(day, is_working_day(day))


def place(day: date) -> int:
    """Where the morning of a day stands in the marks of its month."""
    return 2 * (day.day - 1)


def laid_over(marks: str, day: date, halves: Halves) -> str:
    """The marks of a month once both halves of a day are taken."""
    at = place(day)
    return marks[:at] + halves.letters + marks[at + 2 :]


def day_mask(days: Iterable[date]) -> str:
    """Where marks may stand: a dot on both halves of those days, blank elsewhere. As a pattern it matches the marks."""
    mask = BLANK
    for day in days:
        at = place(day)
        mask = f"{mask[:at]}{ALLOWED * 2}{mask[at + 2 :]}"
    return mask


def within(marks: str, mask: str) -> tuple[str, str]:
    """The marks that stand where the mask allows, and those that do not."""
    if re.fullmatch(mask, marks):
        return marks, BLANK
    pairs = list(zip(marks, mask, strict=True))
    inside = "".join(mark if allowed == ALLOWED else NOT_TAKEN for mark, allowed in pairs)
    outside = "".join(NOT_TAKEN if allowed == ALLOWED else mark for mark, allowed in pairs)
    return inside, outside


def fill(sent: str, before: str) -> str:
    """The marks once what was sent is laid over what was there: blanks change nothing."""
    if before == BLANK:
        return sent
    return "".join(mark if mark != NOT_TAKEN else was for mark, was in zip(sent, before, strict=True))


def day_finding(day: date, month: date, today: date, open_days: Collection[date]) -> Finding | None:
    """Why attendance cannot be taken on a day: it is to come, of another month, or nobody is there."""
    if month_of(day) != month:
        return OTHER_MONTH
    if day > today:
        return FUTURE
    return None if day in open_days else CLOSED


def sheet_findings(sheet: Sheet, enrolled: Collection[UUID]) -> Iterator[tuple[int | None, Finding]]:
    """What is wrong with the children of a day: place in the list (None: the list as a whole) and finding."""
    seen: set[UUID] = set()
    for number, (child, _) in enumerate(sheet.named):
        if child not in enrolled:
            yield number, NOT_ENROLLED
        elif child in seen:
            yield number, CHILD_TWICE
        seen.add(child)
    if sheet.others is None and not seen.issuperset(enrolled):
        yield None, CHILD_MISSING


def marks_of(sheet: Sheet, enrolled: Iterable[UUID]) -> dict[UUID, Halves]:
    """Every enrolled child's halves of the day: those named, and the others as the sheet says."""
    named = dict(sheet.named)
    return {child: found for child in enrolled if (found := named.get(child, sheet.others))}

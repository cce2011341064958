from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.registry.attendance.codes import Mark
from services.registry.divisions.schemas import DIVISION
from services.registry.narrowing import Narrowed
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

MOST_CHILDREN = 500  # of one class on one day; no hard limit of a class comes near it
MOST_ROWS = 5000  # children of one kindergarten
LEGEND = "Two letters a day from the 1st: P present, S sick, L leave, A absent, Q isolated, H holiday, _ none."
LONGEST = 366  # days of one entry in a calendar


class HalfDays(In):
    """Morning and afternoon."""

    morning: Annotated[Mark, zh("上午")]
    afternoon: Annotated[Mark, zh("下午")]


class ChildHalfDays(HalfDays):
    """Morning and afternoon of one child."""

    child: Annotated[UUID, zh("幼儿")]


class AttendanceSheet(In):
    """One day of a class: the children named, and what holds of the others."""

    marks: Annotated[tuple[ChildHalfDays, ...], zh("逐人考勤", max_length=MOST_CHILDREN)] = ()
    others: Annotated[HalfDays, zh("其余幼儿", "Holds of every child of the class that day that is not named.")] = (
        UNSENT
    )


class AttendanceDaySheet(AttendanceSheet):
    """One day of a month of a class."""

    day: Annotated[Day, zh("日期")]


class AttendanceMonthSheet(In):
    """Some days of one month of a class, stored together or not at all."""

    days: Annotated[list[AttendanceDaySheet], zh("各日考勤", min_length=1, max_length=31)]


class AttendanceRow(In):
    """A child's month, two letters a day from the 1st; `_` leaves a half day as it is."""

    child: Annotated[UUID, zh("幼儿")]
    marks: Annotated[str, zh("逐半日", LEGEND, pattern=r"^[_PSLAQH]{62}$")]


class AttendanceRows(In):
    """Children of a kindergarten in one month, stored together or not at all."""

    rows: Annotated[tuple[AttendanceRow, ...], zh("逐人考勤", min_length=1, max_length=MOST_ROWS)]


class AttendanceStored(Out):
    """How many children's months are different now."""

    changed: Annotated[Count, zh("变动行数")]


class MonthQuery(In):
    month: Annotated[Day, zh("月份", "Any day of it.")]


class ChildDay(Out):
    """A child of the class on a day; null where the half day was not taken yet."""

    child: Annotated[UUID, zh("幼儿")]
    morning: Annotated[Mark | None, zh("上午")]
    afternoon: Annotated[Mark | None, zh("下午")]


class AttendanceDay(Out):
    """A day of a class: everyone enrolled in it that day, and what was taken."""

    class_id: Annotated[UUID, zh("班级")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    day: Annotated[date, zh("日期")]
    open: Annotated[bool, zh("开园")]
    taken: Annotated[bool, zh("已登记", "Both halves of every child.")]
    writable: Annotated[bool, zh("可更改", "The month is not certified, or is being corrected.")]
    marks: Annotated[list[ChildDay], zh("逐人考勤")]


class AttendanceMonth(Out):
    """Some days of a month of a class, in their order."""

    days: Annotated[list[AttendanceDay], zh("各日考勤")]


class ChildAttendanceDay(Out):
    day: Annotated[date, zh("日期")]
    class_id: Annotated[UUID, zh("班级")]
    morning: Annotated[Mark | None, zh("上午")]
    afternoon: Annotated[Mark | None, zh("下午")]


class ChildAttendance(Out):
    """A child's month: the days that were taken, in the classes the caller sees."""

    child: Annotated[UUID, zh("幼儿")]
    month: Annotated[date, zh("月份")]
    days: Annotated[list[ChildAttendanceDay], zh("各日考勤")]


class AttendanceRecord(Out):
    """A child's month in a class. Numbers are half days."""

    month: Annotated[date, zh("月份")]
    child: Annotated[UUID, zh("幼儿")]
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    marks: Annotated[str, zh("逐半日", LEGEND)]
    present: Annotated[Count, zh("出勤半日数")]
    sick: Annotated[Count, zh("病假半日数")]
    leave: Annotated[Count, zh("事假半日数")]
    absent: Annotated[Count, zh("缺勤半日数")]
    isolated: Annotated[Count, zh("隔离半日数")]
    holiday: Annotated[Count, zh("休假半日数")]
    synthetic: Annotated[bool, zh("演示数据")]


class AttendancePage(Out):
    items: Annotated[list[AttendanceRecord], zh("考勤")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AttendanceQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    class_id: Annotated[UUID | None, zh("班级")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    sort: Annotated[Literal["child", "-child"], zh("排序")] = "child"


class NarrowedAttendance(AttendanceQuery, Narrowed):
    """The query with what follows from the caller."""


class CalendarEntry(In):
    """Days on which a kindergarten departs from the calendar of working days."""

    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "The first day no longer meant.")]
    open: Annotated[bool, zh("开园", "False: closed on every day of it. True: open on every day of it.")]
    reason: Annotated[str, zh("原因", min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _some_days(self) -> Self:
        if not 0 < (self.until - self.since).days <= LONGEST:
            raise PydanticCustomError("period", "until must be later than since, by a year at most")
        return self


class CalendarDayOut(Out):
    day: Annotated[date, zh("日期")]
    open: Annotated[bool, zh("开园")]
    working_day: Annotated[bool, zh("法定工作日")]
    reason: Annotated[str | None, zh("原因", "Of what departs from the calendar of working days.")]


class CalendarMonth(Out):
    """A month of a kindergarten, day by day."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    open_days: Annotated[Count, zh("开园天数")]
    announced: Annotated[bool, zh("节假日安排已发布", "False: the year counts weekends only.")]
    days: Annotated[list[CalendarDayOut], zh("逐日")]

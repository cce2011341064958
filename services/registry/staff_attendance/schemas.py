from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.attendance.codes import Mark
from services.registry.attendance.schemas import LEGEND, HalfDays
from services.registry.divisions.schemas import DIVISION
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

MOST_STAFF = 1000  # of one kindergarten


class PersonHalfDays(HalfDays):
    """Morning and afternoon of one person."""

    person: Annotated[UUID, zh("人员")]


class StaffAttendanceSheet(In):
    """One day: the people named, and what holds of the others in post."""

    marks: Annotated[tuple[PersonHalfDays, ...], zh("逐人考勤", max_length=MOST_STAFF)] = ()
    others: Annotated[HalfDays, zh("其余人员", "Holds of everyone in post that day who is not named.")] = UNSENT


class StaffAttendanceRow(In):
    """A person's month, two letters a day from the 1st; `_` leaves a half day as it is."""

    person: Annotated[UUID, zh("人员")]
    marks: Annotated[str, zh("逐半日", LEGEND, pattern=r"^[_PSLAQH]{62}$")]


class StaffAttendanceRows(In):
    """People of a kindergarten in one month, stored together or not at all."""

    rows: Annotated[tuple[StaffAttendanceRow, ...], zh("逐人考勤", min_length=1, max_length=MOST_STAFF)]


class StaffAttendanceStored(Out):
    changed: Annotated[Count, zh("变动行数")]


class StaffDayQuery(In):
    class_id: Annotated[UUID, zh("班级", "Only the staff of this class.")] = UNSENT


class PersonDay(Out):
    """Someone in post on a day; null where the half day was not taken yet."""

    person: Annotated[UUID, zh("人员")]
    name: Annotated[str | None, zh("姓名")]
    morning: Annotated[Mark | None, zh("上午")]
    afternoon: Annotated[Mark | None, zh("下午")]


class StaffAttendanceDay(Out):
    """A day of a kindergarten: everyone in post, and what was taken."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    class_id: Annotated[UUID | None, zh("班级", "When only its staff were asked for.")]
    day: Annotated[date, zh("日期")]
    open: Annotated[bool, zh("开园")]
    taken: Annotated[bool, zh("已登记", "Both halves of everyone.")]
    writable: Annotated[bool, zh("可更改", "The month is not certified, or is being corrected.")]
    marks: Annotated[list[PersonDay], zh("逐人考勤")]


class StaffAttendanceRecord(Out):
    """A person's month in a kindergarten. Numbers are half days."""

    month: Annotated[date, zh("月份")]
    person: Annotated[UUID, zh("人员")]
    name: Annotated[str | None, zh("姓名")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    marks: Annotated[str, zh("逐半日", LEGEND)]
    present: Annotated[Count, zh("出勤半日数")]
    sick: Annotated[Count, zh("病假半日数")]
    leave: Annotated[Count, zh("事假半日数")]
    absent: Annotated[Count, zh("缺勤半日数")]
    isolated: Annotated[Count, zh("隔离半日数")]
    holiday: Annotated[Count, zh("休假半日数")]
    synthetic: Annotated[bool, zh("演示数据")]


class StaffAttendancePage(Out):
    items: Annotated[list[StaffAttendanceRecord], zh("教职工考勤")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StaffAttendanceQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=DIVISION)] = UNSENT
    person: Annotated[UUID, zh("人员")] = UNSENT
    sort: Annotated[Literal["person", "-person"], zh("排序")] = "person"


class PersonAttendanceDay(Out):
    day: Annotated[date, zh("日期")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    morning: Annotated[Mark | None, zh("上午")]
    afternoon: Annotated[Mark | None, zh("下午")]


class PersonAttendance(Out):
    """A person's month: the days that were taken, in the kindergartens the caller sees."""

    person: Annotated[UUID, zh("人员")]
    month: Annotated[date, zh("月份")]
    days: Annotated[list[PersonAttendanceDay], zh("各日考勤")]


class PresenceDay(Out):
    """Who was there on a day, in half days, and children to each of them; null where nobody of them was taken."""

    day: Annotated[date, zh("日期")]
    children_half_days: Annotated[Count, zh("幼儿出勤半日数")]
    staff_half_days: Annotated[Count, zh("教职工出勤半日数")]
    carer_half_days: Annotated[Count, zh("保教人员出勤半日数")]
    children_per_staff: Annotated[str | None, zh("幼儿与教职工之比")]
    children_per_carer: Annotated[str | None, zh("幼儿与保教人员之比")]
    short: Annotated[bool | None, zh("人员不足", "More children to each than the standard (REG-03).")]


class StaffPresence(Out):
    """The presence of children and staff in a month, day by day; whether it is certified stands beside it."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    certified: Annotated[bool, zh("已核定")]
    children_per_staff_most: Annotated[Count, zh("幼儿与教职工之比上限")]
    children_per_carer_most: Annotated[Count, zh("幼儿与保教人员之比上限")]
    basis: Annotated[str, zh("依据")]
    days: Annotated[list[PresenceDay], zh("各日")]

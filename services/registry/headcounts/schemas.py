from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime

from services.registry.classes.codes import ClassKind
from services.registry.divisions.schemas import DIVISION
from services.registry.headcounts.codes import HeadcountState
from services.registry.narrowing import Narrowed
from shared.contracts.registry import ClassHeadcount
from shared.schemas import Count, Day, In, Out, Page, zh


class HeadcountNew(In):
    """A month of a kindergarten to prepare for certification."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[Day, zh("月份", "Any day of it.")]


class HeadcountOptions(In):
    preview: Annotated[bool, zh("预演", "Answer what would be certified, and store nothing.")] = False


class HeadcountCorrection(In):
    """Why a certified month has to be corrected."""

    reason: Annotated[str, zh("更正理由", min_length=1, max_length=500)]
    document: Annotated[str, zh("文号", max_length=200)] = ""


class HeadcountClassOut(Out):
    """One class of a month. `roll_hash` is the SHA-256 of the children behind the numbers."""

    class_id: Annotated[UUID, zh("班级")]
    name: Annotated[str, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型", "Nursery classes are counted apart.")]
    children: Annotated[Count, zh("计数日在园人数")]
    last_year_children: Annotated[Count, zh("入小学前一年的幼儿数")]
    half_days: Annotated[Count, zh("出勤半日数")]
    child_days: Annotated[Count, zh("出勤人日", "Two half days are one.")]
    roll_hash: Annotated[str, zh("名册摘要")]


class HeadcountStaff(Out):
    """What the attendance of the staff came to in the month 教职工考勤: evidence of the ratio, certified with it.

    `roll_hash` is the SHA-256 of the people behind the numbers.
    """

    staff: Annotated[Count, zh("教职工数", "In post on the count day, full-time and of its own.")]
    carers: Annotated[Count, zh("保教人员数")]
    half_days: Annotated[Count, zh("出勤半日数")]
    carer_half_days: Annotated[Count, zh("保教人员出勤半日数")]
    missing: Annotated[Count, zh("缺考勤半日数")]
    roll_hash: Annotated[str, zh("名册摘要")]


class ClassDay(Out):
    """Attendance that was not taken, or not of every child."""

    class_id: Annotated[UUID, zh("班级")]
    day: Annotated[date, zh("日期")]


class HeadcountPreview(Out):
    """What would be certified as things stand."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    revision: Annotated[Count, zh("修订号")]
    count_day: Annotated[date, zh("计数日")]
    count_day_source: Annotated[str, zh("计数日依据")]
    open_days: Annotated[Count, zh("开园天数")]
    children: Annotated[Count, zh("在园人数", "Ages 3 to 6, on the count day.")]
    last_year_children: Annotated[Count, zh("入小学前一年的幼儿数")]
    child_days: Annotated[Count, zh("出勤人日", "Ages 3 to 6.")]
    nursery_children: Annotated[Count, zh("托班人数")]
    nursery_child_days: Annotated[Count, zh("托班出勤人日")]
    classes: Annotated[list[HeadcountClassOut], zh("班级")]
    staff: Annotated[HeadcountStaff | None, zh("教职工考勤", "Null when nobody took it.")]
    missing: Annotated[list[ClassDay], zh("缺考勤的班级与日期", "Nothing can be certified before it is taken.")]
    difference: Annotated[list[ClassHeadcount] | None, zh("与上次核定的差异", "Null when nothing is certified yet.")]
    hash: Annotated[str, zh("摘要")]


class HeadcountOut(Out):
    """A month of a kindergarten on its way to certification, or certified and final."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    month: Annotated[date, zh("月份")]
    revision: Annotated[Count, zh("修订号", "1 is the first certification.")]
    state: Annotated[HeadcountState, zh("状态")]
    count_day: Annotated[date | None, zh("计数日")]
    open_days: Annotated[Count | None, zh("开园天数")]
    children: Annotated[Count, zh("在园人数", "Ages 3 to 6, on the count day.")]
    last_year_children: Annotated[Count, zh("入小学前一年的幼儿数")]
    child_days: Annotated[Count, zh("出勤人日", "Ages 3 to 6.")]
    nursery_children: Annotated[Count, zh("托班人数")]
    nursery_child_days: Annotated[Count, zh("托班出勤人日")]
    reason: Annotated[str, zh("更正理由")]
    document: Annotated[str, zh("文号")]
    prepared_by: Annotated[str | None, zh("填报人")]
    prepared_at: Annotated[datetime | None, zh("填报时间")]
    certified_by: Annotated[str | None, zh("核定人")]
    certified_at: Annotated[datetime | None, zh("核定时间")]
    previous_hash: Annotated[str | None, zh("上次核定摘要")]
    hash: Annotated[str | None, zh("摘要", "SHA-256 of the certified rows and the hash before.")]
    difference: Annotated[list[ClassHeadcount] | None, zh("与上次核定的差异")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class HeadcountDetail(HeadcountOut):
    """A month with its classes."""

    staff: Annotated[HeadcountStaff | None, zh("教职工考勤", "Null when nobody took it.")]
    classes: Annotated[list[HeadcountClassOut], zh("班级")]


class HeadcountPage(Out):
    items: Annotated[list[HeadcountOut], zh("在园人数核定")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class HeadcountQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    month: Annotated[Day | None, zh("月份", "Its first day.")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Of the month this day lies in.")] = None
    state: Annotated[HeadcountState | None, zh("状态")] = None
    known_at: Annotated[
        AwareDatetime | None, zh("已知时点", "Only what counted at that moment: of each month the latest revision.")
    ] = None
    sort: Annotated[Literal["-month", "month"], zh("排序")] = "-month"


class NarrowedHeadcounts(HeadcountQuery, Narrowed):
    """The query with what follows from the caller."""


class UncertifiedMonth(Out):
    """A kindergarten that has not certified a month."""

    id: Annotated[str, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    month: Annotated[date, zh("月份")]
    deadline: Annotated[date, zh("核定期限")]
    overdue: Annotated[bool, zh("已逾期")]
    prepared_by: Annotated[str | None, zh("填报人", "Null while nothing is prepared.")]


class UncertifiedMonthPage(Out):
    items: Annotated[list[UncertifiedMonth], zh("未核定月份")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class UncertifiedMonthQuery(Page):
    """Without `month`: the twelve months before this one."""

    month: Annotated[Day | None, zh("月份", "Any day of it.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    overdue: Annotated[bool | None, zh("已逾期")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Which day decides what is overdue.")] = None
    sort: Annotated[Literal["month", "-month"], zh("排序")] = "month"


class NarrowedUncertifiedMonths(UncertifiedMonthQuery, Narrowed):
    """The query with what follows from the caller."""

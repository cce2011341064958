from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

from services.safety.duties.codes import ContactKind, DutyForce, DutyGapKind, DutyKind
from shared.schemas import Count, Day, In, Out, Page, zh


class DutyPostNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[DutyKind, zh("类别")]
    place: Annotated[str, zh("位置", min_length=1, max_length=100)]
    begins: Annotated[time, zh("开始时间", "Such as 07:20.")]
    ends: Annotated[time, zh("结束时间")]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期", "Exclusive.")] = None


class DutyPostOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    kind: Annotated[DutyKind, zh("类别")]
    place: Annotated[str, zh("位置")]
    begins: Annotated[time, zh("开始时间")]
    ends: Annotated[time, zh("结束时间")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]


class DutyPostPage(Out):
    items: Annotated[list[DutyPostOut], zh("岗位")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DutyPostQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    kind: Annotated[DutyKind | None, zh("类别")] = None
    sort: Annotated[Literal["since", "-since"], zh("排序")] = "since"


class RosterEntry(In):
    day: Annotated[Day, zh("日期")]
    force: Annotated[DutyForce, zh("力量")]
    label: Annotated[str, zh("人员", "By unit and number rather than name.", min_length=1, max_length=50)]


class RosterIn(In):
    entries: Annotated[list[RosterEntry], zh("排班", min_length=1, max_length=400)]


class DutyOut(Out):
    id: Annotated[UUID, zh("编号")]
    post: Annotated[UUID, zh("岗位")]
    day: Annotated[date, zh("日期")]
    force: Annotated[DutyForce, zh("力量")]
    label: Annotated[str, zh("人员")]
    checked_in_at: Annotated[datetime | None, zh("签到时刻")]


class DutyCheckIn(In):
    note: Annotated[str, zh("情况", max_length=500)] = ""


class DutyGapOut(Out):
    post: Annotated[UUID, zh("岗位")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[DutyKind, zh("类别")]
    place: Annotated[str, zh("位置")]
    day: Annotated[date, zh("日期")]
    gap: Annotated[DutyGapKind, zh("缺口")]


class DutyGapQuery(In):
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "Counted; at most 62 days.")]
    division: Annotated[str, zh("区划", pattern=r"^\d{6,12}$")] = "110116"


class ContactIn(In):
    kind: Annotated[ContactKind, zh("类别")]
    unit: Annotated[str, zh("单位", min_length=1, max_length=100)]
    phone: Annotated[str, zh("值班电话", "Of the office, not of a person.", min_length=3, max_length=30)]


class ContactPlanPut(In):
    contacts: Annotated[list[ContactIn], zh("联系单位", min_length=1, max_length=30)]
    agreed_on: Annotated[Day, zh("会商日期")]


class ContactOut(Out):
    kind: Annotated[ContactKind, zh("类别")]
    unit: Annotated[str, zh("单位")]
    phone: Annotated[str, zh("值班电话")]


class ContactPlanOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    contacts: Annotated[list[ContactOut], zh("联系单位")]
    agreed_on: Annotated[date, zh("会商日期")]
    missing: Annotated[list[ContactKind], zh("缺少的联系单位")]

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.moments import Moment
from services.safety.site_logs.codes import SiteLogKind
from shared.schemas import Count, Day, In, Out, Page, zh


class SiteLogNew(In):
    """An entry; a person stands in it by unit, relation or pass number, not by name."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[SiteLogKind, zh("台账")]
    at: Annotated[Moment | None, zh("时刻", "Left out: now.")] = None
    label: Annotated[str, zh("对象", "Unit, relation, plate or pass number; no name.", min_length=1, max_length=100)]
    purpose: Annotated[str, zh("事由", max_length=500)] = ""
    authorised: Annotated[
        bool | None, zh("在接送授权名单内", "Needed for a hand-over; a child is not given to somebody who is not.")
    ] = None
    exception: Annotated[bool, zh("异常")] = False
    note: Annotated[str, zh("说明", max_length=1000)] = ""
    files: Annotated[list[UUID], zh("材料", max_length=10)] = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class SiteLogExit(In):
    at: Annotated[Moment | None, zh("离开时刻", "Left out: now.")] = None


class SiteLogOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    kind: Annotated[SiteLogKind, zh("台账")]
    at: Annotated[datetime, zh("时刻")]
    left_at: Annotated[datetime | None, zh("离开时刻")]
    label: Annotated[str, zh("对象")]
    purpose: Annotated[str, zh("事由")]
    exception: Annotated[bool, zh("异常")]
    note: Annotated[str, zh("说明")]
    files: Annotated[list[UUID], zh("材料")]
    recorded_by: Annotated[str, zh("登记人")]
    recorded_at: Annotated[datetime, zh("登记时刻")]
    synthetic: Annotated[bool, zh("演示数据")]


class SiteLogPage(Out):
    items: Annotated[list[SiteLogOut], zh("台账")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SiteLogQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    kind: Annotated[SiteLogKind | None, zh("台账")] = None
    since: Annotated[Day | None, zh("不早于")] = None
    until: Annotated[Day | None, zh("不晚于")] = None
    exception: Annotated[bool | None, zh("异常")] = None
    inside: Annotated[bool | None, zh("尚未离开", "Persons and vehicles that came and have not left.")] = None
    sort: Annotated[Literal["-at", "at"], zh("排序")] = "-at"


class PatrolGapQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "Counted; at most 31 days.")]


class PatrolGap(Out):
    """A working day with fewer rounds than the standard asks for."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    day: Annotated[date, zh("日期")]
    rounds: Annotated[Count, zh("巡查次数")]
    needed: Annotated[Count, zh("应巡查次数")]

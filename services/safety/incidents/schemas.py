from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.incidents.codes import IncidentCategory, IncidentSeverity, IncidentState, ReportTo
from services.safety.moments import Moment
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=4000)]


class IncidentNew(In):
    """What happened, without names."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    category: Annotated[IncidentCategory, zh("类别")]
    severity: Annotated[IncidentSeverity, zh("程度")]
    occurred_at: Annotated[Moment, zh("发生时刻")]
    known_at: Annotated[Moment | None, zh("知悉时刻", "When the kindergarten knew; left out: at once.")] = None
    place: Annotated[str, zh("地点", min_length=1, max_length=200)]
    described: Annotated[str, zh("经过", "Name no child.", min_length=1, max_length=4000)]
    injured: Annotated[int, zh("受伤人数", ge=0, le=1000)] = 0
    to_hospital: Annotated[int, zh("送医人数", ge=0, le=1000)] = 0
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class IncidentReportIn(In):
    told: Annotated[ReportTo, zh("报告对象")]
    told_at: Annotated[Moment, zh("报告时刻")]
    way: Annotated[str, zh("方式", min_length=1, max_length=200)]


class IncidentFollowUp(In):
    note: Note
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class IncidentReportOut(Out):
    told: Annotated[ReportTo, zh("报告对象")]
    told_at: Annotated[datetime, zh("报告时刻")]
    due_at: Annotated[datetime | None, zh("应报时刻")]
    late: Annotated[bool, zh("迟报")]
    way: Annotated[str, zh("方式")]
    recorded_by: Annotated[str, zh("登记人")]


class IncidentRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    state: Annotated[IncidentState, zh("状态")]
    category: Annotated[IncidentCategory, zh("类别")]
    severity: Annotated[IncidentSeverity, zh("程度")]
    occurred_at: Annotated[datetime, zh("发生时刻")]
    known_at: Annotated[datetime, zh("知悉时刻")]
    place: Annotated[str, zh("地点")]
    injured: Annotated[Count, zh("受伤人数")]
    to_hospital: Annotated[Count, zh("送医人数")]
    untold: Annotated[list[ReportTo], zh("未报告对象")]
    late: Annotated[list[ReportTo], zh("迟报对象")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class IncidentOut(IncidentRow):
    described: Annotated[str, zh("经过")]
    recorded_by: Annotated[str, zh("登记人")]
    created_at: Annotated[datetime, zh("登记时刻")]
    reports: Annotated[list[IncidentReportOut], zh("报告")]
    steps: Annotated[list[StepOut], zh("处置经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class IncidentPage(Out):
    items: Annotated[list[IncidentRow], zh("事件")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class IncidentQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    category: Annotated[IncidentCategory | None, zh("类别")] = None
    state: Annotated[IncidentState | None, zh("状态")] = None
    since: Annotated[Day | None, zh("不早于")] = None
    sort: Annotated[Literal["-occurred_at", "occurred_at"], zh("排序")] = "-occurred_at"

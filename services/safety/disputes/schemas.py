from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.disputes.codes import DisputeKind, DisputeRisk, DisputeSource, DisputeState
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Files = Annotated[list[UUID], zh("材料", max_length=20)]


class DisputeNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    source: Annotated[DisputeSource, zh("来源")]
    kind: Annotated[DisputeKind, zh("类型")]
    risk: Annotated[DisputeRisk, zh("风险")]
    parties: Annotated[
        str, zh("当事方", "By their part, such as 'father of a child of 大班'; no names.", max_length=200)
    ]
    described: Annotated[str, zh("情况", min_length=1, max_length=2000)]
    incident: Annotated[UUID | None, zh("关联事件")] = None
    synthetic: Annotated[bool, zh("演示数据")] = False


class DisputeStep(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]
    files: Files = Field(default=[])


class DisputeMediation(In):
    mediator: Annotated[str, zh("调解人或单位", min_length=1, max_length=100)]
    risk: Annotated[DisputeRisk | None, zh("风险变化")] = None
    note: Annotated[str, zh("经过", min_length=1, max_length=2000)]
    files: Files = Field(default=[])


class DisputeAgreement(In):
    agreement: Annotated[str, zh("协议内容", min_length=1, max_length=2000)]
    files: Files = Field(default=[])


class DisputeVisit(In):
    satisfied: Annotated[bool, zh("满意")]
    note: Annotated[str, zh("回访情况", min_length=1, max_length=1000)]


class DisputeRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    state: Annotated[DisputeState, zh("状态")]
    source: Annotated[DisputeSource, zh("来源")]
    kind: Annotated[DisputeKind, zh("类型")]
    risk: Annotated[DisputeRisk, zh("风险")]
    registered_on: Annotated[date, zh("登记日期")]
    due_on: Annotated[date, zh("办结期限")]
    mediations: Annotated[Count, zh("调解次数")]
    escalated_on: Annotated[date | None, zh("上报日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class DisputeOut(DisputeRow):
    state_since: Annotated[date, zh("进入现状态日期")]
    parties: Annotated[str, zh("当事方")]
    described: Annotated[str, zh("情况")]
    incident: Annotated[UUID | None, zh("关联事件")]
    mediated_by: Annotated[str | None, zh("最近调解经办人")]
    agreement: Annotated[str, zh("协议内容")]
    visited_on: Annotated[date | None, zh("回访日期")]
    satisfied: Annotated[bool | None, zh("满意")]
    registered_by: Annotated[str, zh("登记人")]
    created_at: Annotated[datetime, zh("登记时刻")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class DisputePage(Out):
    items: Annotated[list[DisputeRow], zh("矛盾纠纷")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DisputeQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    state: Annotated[DisputeState | None, zh("状态")] = None
    risk: Annotated[DisputeRisk | None, zh("风险")] = None
    due_before: Annotated[Day | None, zh("期限早于")] = None
    sort: Annotated[Literal["-registered_on", "registered_on"], zh("排序")] = "-registered_on"

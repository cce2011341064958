from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.checklists.schemas import AnswerIn, AnswerOut
from services.safety.inspections.codes import InspectionDepth, InspectionKind, InspectionState
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class InspectionNew(In):
    """An inspection of the yearly plan, or for a reason of its own."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    checklist: Annotated[str, zh("检查表代码", max_length=50)]
    kind: Annotated[Literal["planned", "joint", "complaint", "recheck"], zh("类型")] = "planned"
    plan: Annotated[str, zh("年度计划", "Document of the yearly plan.", max_length=200)] = ""
    announced: Annotated[bool, zh("事先通知")] = False
    departments: Annotated[list[str], zh("联合部门", max_length=20)] = Field(default=[])
    inspectors: Annotated[list[str], zh("检查人员账号", max_length=20)] = Field(default=[])
    planned_on: Annotated[Day, zh("计划日期")]


class InspectionStart(In):
    note: Annotated[str, zh("说明", max_length=1000)] = ""


class InspectionRecord(In):
    answers: Annotated[list[AnswerIn], zh("逐项结果", min_length=1, max_length=300)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class InspectionSignature(In):
    signature: Annotated[str, zh("签字人", min_length=1, max_length=100)]
    objection: Annotated[str | None, zh("异议", max_length=1000)] = None


class InspectionSharing(In):
    departments: Annotated[list[str], zh("共享部门", min_length=1, max_length=20)]


class InspectionCancelling(In):
    note: Annotated[str, zh("原因", min_length=1, max_length=1000)]


class InspectionRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    state: Annotated[InspectionState, zh("状态")]
    kind: Annotated[InspectionKind, zh("类型")]
    depth: Annotated[InspectionDepth, zh("深度")]
    announced: Annotated[bool, zh("事先通知")]
    plan: Annotated[str, zh("年度计划")]
    planned_on: Annotated[date, zh("计划日期")]
    visited_on: Annotated[date | None, zh("检查日期")]
    score: Annotated[Money | None, zh("得分")]
    failed_keys: Annotated[list[str], zh("不符合的关键指标")]
    hazards: Annotated[Count, zh("发现隐患数")]
    version: Annotated[Count, zh("版本")]


class InspectionOut(InspectionRow):
    reasons: Annotated[list[str], zh("深度理由")]
    checklist: Annotated[UUID, zh("检查表版本")]
    draw: Annotated[UUID | None, zh("抽取编号")]
    departments: Annotated[list[str], zh("联合部门")]
    inspectors: Annotated[list[str], zh("检查人员账号")]
    answers: Annotated[list[AnswerOut] | None, zh("逐项结果")]
    failed: Annotated[list[str], zh("不符合条目")]
    signature: Annotated[str | None, zh("签字人")]
    objection: Annotated[str | None, zh("异议")]
    shared_with: Annotated[list[str], zh("共享部门")]
    made_by: Annotated[str, zh("经办人")]
    created_at: Annotated[datetime, zh("登记时刻")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class InspectionPage(Out):
    items: Annotated[list[InspectionRow], zh("检查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class InspectionQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    state: Annotated[InspectionState | None, zh("状态")] = None
    kind: Annotated[InspectionKind | None, zh("类型")] = None
    sort: Annotated[Literal["-planned_on", "planned_on"], zh("排序")] = "-planned_on"


class CoverageRow(Out):
    """A kindergarten in a term: whether anybody looked."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    inspections: Annotated[Count, zh("本学期检查次数")]
    checked: Annotated[bool, zh("已检查")]
    last_visited_on: Annotated[date | None, zh("最近检查日期")]


class CoveragePage(Out):
    items: Annotated[list[CoverageRow], zh("覆盖情况")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class CoverageQuery(Page):
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    as_of: Annotated[Day | None, zh("学期内的一天", "Left out: today.")] = None
    checked: Annotated[bool | None, zh("已检查", "false: the list of the unchecked.")] = None
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"


class CoverageSummary(Out):
    since: Annotated[date, zh("学期首日")]
    until: Annotated[date, zh("学期末日")]
    kindergartens: Annotated[Count, zh("正常办园数")]
    checked: Annotated[Count, zh("已检查")]
    unchecked: Annotated[Count, zh("未检查")]


class CoverageDay(In):
    as_of: Annotated[Day | None, zh("学期内的一天", "Left out: today.")] = None

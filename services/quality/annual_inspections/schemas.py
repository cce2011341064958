from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.annual_inspections.codes import (
    AnnualInspectionFinding,
    AnnualInspectionResult,
    AnnualInspectionState,
    Consequence,
)
from services.quality.frameworks.codes import TextStatus
from services.quality.frameworks.schemas import ITEM, FedBy
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]
Remark = Annotated[str, zh("说明", max_length=2000)]
ItemCode = Annotated[str, zh("条目代码", pattern=ITEM)]
Year = Annotated[int, zh("年度", ge=2020, le=2100)]


class AnnualInspectionOpening(In):
    year: Year
    framework: Annotated[
        str, zh("年检项目", "Code of the framework; its edition in force is taken.", max_length=40)
    ] = "annual-inspection"
    kindergartens: Annotated[list[UUID] | None, zh("幼儿园", "Left out: all that operate.", max_length=500)] = None
    due_on: Annotated[Day | None, zh("提交期限", "Left out: by the district's number of working days.")] = None


class AnnualInspectionOpeningOut(Out):
    year: Annotated[int, zh("年度")]
    opened: Annotated[list[UUID], zh("新开年检", "Ids of inspections.")]
    already_open: Annotated[Count, zh("已开始的园所数")]
    due_on: Annotated[date, zh("提交期限")]


class AnnualInspectionAnswerIn(In):
    item: ItemCode
    met: Annotated[bool, zh("是否达到")]
    note: Remark = ""
    evidence: Annotated[list[UUID], zh("证据", max_length=20)] = Field(default=[])


class AnnualInspectionSubmission(In):
    answers: Annotated[list[AnnualInspectionAnswerIn], zh("自查结果", min_length=1, max_length=200)]
    attested: Annotated[Literal[True], zh("真实性承诺", "The principal answers for the truth of it.")]


class AnnualInspectionFindingIn(In):
    item: ItemCode
    finding: Annotated[AnnualInspectionFinding, zh("核查结论")]
    note: Remark = ""


class AnnualInspectionAssessment(In):
    findings: Annotated[list[AnnualInspectionFindingIn], zh("核查结果", min_length=1, max_length=200)]
    note: Remark = ""


class AnnualInspectionNote(In):
    note: Note


class AnnualInspectionCorrection(In):
    days: Annotated[int | None, zh("整改工作日", "Left out: the district's number, which is the most.", ge=1)] = None
    note: Note


class AnnualInspectionDecision(In):
    """The result is not asked: it follows from the findings."""

    document: Annotated[str, zh("文号", min_length=1, max_length=100)]
    note: Remark = ""


class AnnualInspectionAppealDecision(In):
    overturned: Annotated[list[str], zh("改判为达到的条目", "Empty: the appeal is rejected.", max_length=100)]
    document: Annotated[str, zh("文号", min_length=1, max_length=100)]
    note: Note


class AnnualInspectionItemOut(Out):
    item: Annotated[str, zh("条目代码")]
    text: Annotated[str | None, zh("文字")]
    text_status: Annotated[TextStatus, zh("文字状态")]
    hard: Annotated[bool, zh("一票否决")]
    fed_by: Annotated[FedBy | None, zh("取自系统事实")]
    self_met: Annotated[bool | None, zh("自查是否达到")]
    self_note: Annotated[str | None, zh("自查说明")]
    evidence: Annotated[list[UUID], zh("证据")]
    finding: Annotated[AnnualInspectionFinding | None, zh("核查结论")]
    finding_note: Annotated[str | None, zh("核查说明")]


class ServiceFactOut(Out):
    """A fact another service told that weighs on this inspection."""

    kind: Annotated[FedBy, zh("种类")]
    source: Annotated[UUID, zh("来源编号")]
    state: Annotated[str, zh("状态")]
    on: Annotated[date, zh("日期")]
    detail: Annotated[str, zh("说明")]


class AnnualInspectionEffect(Out):
    effect: Annotated[Consequence, zh("后果")]
    label_zh: Annotated[str, zh("中文名称")]
    basis: Annotated[str, zh("依据")]


class AnnualInspectionRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    year: Annotated[int, zh("年度")]
    state: Annotated[AnnualInspectionState, zh("状态")]
    due_on: Annotated[date, zh("提交期限")]
    overdue: Annotated[bool, zh("逾期")]
    submitted_on: Annotated[date | None, zh("提交日期")]
    correction_due_on: Annotated[date | None, zh("整改期限")]
    result: Annotated[AnnualInspectionResult | None, zh("结论")]
    vetoed: Annotated[bool, zh("一票否决")]
    revision: Annotated[Count, zh("修订号")]
    decided_on: Annotated[date | None, zh("决定日期")]
    document: Annotated[str | None, zh("文号")]
    synthetic: Annotated[bool, zh("演示数据")]


class AnnualInspectionOut(AnnualInspectionRow):
    framework: Annotated[str, zh("年检项目")]
    framework_edition: Annotated[str, zh("项目版本")]
    opened_on: Annotated[date, zh("开始日期")]
    submitted_by: Annotated[str | None, zh("提交人")]
    assessed_by: Annotated[str | None, zh("核查人")]
    unmet: Annotated[list[str], zh("未达到的条目")]
    corrected_on: Annotated[date | None, zh("整改报告日期")]
    decided_by: Annotated[str | None, zh("决定人")]
    reasons: Annotated[list[str], zh("理由")]
    effective_from: Annotated[date | None, zh("生效日期")]
    appeal_until: Annotated[date | None, zh("申诉截止")]
    appealed_on: Annotated[date | None, zh("申诉日期")]
    appealed_by: Annotated[str | None, zh("申诉人")]
    appeal_upheld: Annotated[bool | None, zh("申诉成立")]
    created_at: Annotated[datetime, zh("登记时刻")]
    items: Annotated[list[AnnualInspectionItemOut], zh("条目")]
    facts: Annotated[list[ServiceFactOut], zh("系统事实", "What other services told that weighs on it.")]
    effects: Annotated[list[AnnualInspectionEffect], zh("后果")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class AnnualInspectionPage(Out):
    items: Annotated[list[AnnualInspectionRow], zh("年检")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AnnualInspectionQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    year: Annotated[int | None, zh("年度", ge=2020, le=2100)] = None
    state: Annotated[AnnualInspectionState | None, zh("状态")] = None
    result: Annotated[AnnualInspectionResult | None, zh("结论")] = None
    vetoed: Annotated[bool | None, zh("一票否决")] = None
    sort: Annotated[Literal["-year", "year", "kindergarten_name"], zh("排序")] = "-year"

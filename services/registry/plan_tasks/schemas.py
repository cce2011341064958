from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.registry.indicators.codes import Standing, TargetComparison
from services.registry.offers import RegistryOffer
from services.registry.plan_tasks.codes import PlanTaskState, PlanWarningKind
from services.registry.plan_tasks.rules import QUARTER
from services.registry.plan_units.schemas import UNIT
from services.registry.plans.codes import OwningService
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

UnitCode = Annotated[str, Field(max_length=50, pattern=UNIT)]
THRESHOLD = "A fraction for a rate (0.98 is 98 %), else a plain number."


class PlanTaskRow(Out):
    """A task 任务: what a unit does for a measure of the plan. `state` and `overdue` are those of `as_of`."""

    id: Annotated[UUID, zh("编号")]
    plan: Annotated[str, zh("计划")]
    clause: Annotated[str, zh("条款编号")]
    quote: Annotated[str, zh("条款原文")]
    title: Annotated[str, zh("任务")]
    lead: Annotated[str, zh("牵头单位")]
    lead_name: Annotated[str, zh("牵头单位名称")]
    assist: Annotated[list[str], zh("协助单位")]
    assist_names: Annotated[list[str], zh("协助单位名称")]
    basis: Annotated[str, zh("分工依据", "The plan's words, or that the division of work is a proposal.")]
    division: Annotated[str, zh("区划", "The lead town's, else the district.")]
    due_on: Annotated[date, zh("完成期限")]
    measure: Annotated[str, zh("成效衡量", "What shows that it is done.")]
    indicator: Annotated[str | None, zh("指标代码", "The registry's figure that shows it.")]
    comparison: Annotated[TargetComparison | None, zh("比较")]
    threshold: Annotated[str | None, zh("目标值", THRESHOLD)]
    state: Annotated[PlanTaskState, zh("状态")]
    overdue: Annotated[bool, zh("是否逾期", "Its last day is over and it is not reported done.")]
    assigned_on: Annotated[date | None, zh("下达日期")]
    confirmed_on: Annotated[date | None, zh("列入重点任务日期")]
    submitted_on: Annotated[date | None, zh("报完成日期")]
    closed_on: Annotated[date | None, zh("办结日期", "Completed, cancelled or carried over.")]
    carried_from: Annotated[UUID | None, zh("结转自", "The task of the former plan it goes on with.")]
    version: Annotated[Count, zh("版本")]


class PlanTaskPage(Out):
    items: Annotated[list[PlanTaskRow], zh("任务")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PlanTaskReportOut(Out):
    """The report of a quarter."""

    quarter: Annotated[str, zh("季度", examples=["2026-Q1"])]
    percent: Annotated[Count, zh("进度", "Per cent done.")]
    summary: Annotated[str, zh("进展情况")]
    problems: Annotated[str, zh("存在问题")]
    next_step: Annotated[str, zh("下一步")]
    due_on: Annotated[date, zh("报送期限")]
    first_reported_on: Annotated[date, zh("首次报送日期", "Decides whether it was late.")]
    reported_on: Annotated[date, zh("最近报送日期")]
    reported_by: Annotated[str, zh("报送人")]
    late: Annotated[bool, zh("是否迟报")]


class PlanTaskWarning(Out):
    """Something late about a task."""

    kind: Annotated[PlanWarningKind, zh("事项")]
    subject: Annotated[str, zh("季度", "The quarter of a report; empty for the task itself.")]
    due_on: Annotated[date, zh("应完成日期")]
    days: Annotated[Count, zh("逾期天数")]


class PlanTaskOut(PlanTaskRow):
    """A task with its evidence, reports, course, what is late and what may be done."""

    as_of: Annotated[date, zh("截至日期")]
    parameters: Annotated[dict[str, Any], zh("指标参数")]
    evidence_service: Annotated[OwningService, zh("证据所在服务")]
    evidence_path: Annotated[str, zh("证据路径", "Path and query of that service; of an indicator, this task's own.")]
    created_at: Annotated[datetime, zh("录入时间")]
    reports: Annotated[list[PlanTaskReportOut], zh("季报", "The latest first.")]
    next_report_due_on: Annotated[date | None, zh("本季报送期限", "While it is under way.")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    warnings: Annotated[list[PlanTaskWarning], zh("预警")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class PlanQuarterReport(PlanTaskReportOut):
    """The report of a quarter, with the task it is about."""

    task: Annotated[UUID, zh("任务")]
    clause: Annotated[str, zh("条款编号")]
    title: Annotated[str, zh("任务名称")]
    lead: Annotated[str, zh("牵头单位")]
    lead_name: Annotated[str, zh("牵头单位名称")]


class PlanQuarterReportPage(Out):
    items: Annotated[list[PlanQuarterReport], zh("季报")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PlanTaskEvidence(Out):
    """The live figure of a task's indicator held against its threshold, in the lead town or the district."""

    task: Annotated[UUID, zh("任务")]
    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    indicator: Annotated[str, zh("指标代码")]
    indicator_name: Annotated[str, zh("指标名称")]
    version: Annotated[Count, zh("定义版本")]
    unit: Annotated[str, zh("单位")]
    comparison: Annotated[TargetComparison, zh("比较")]
    threshold: Annotated[str, zh("目标值", "In the indicator's unit.")]
    numerator: Annotated[Count, zh("分子")]
    denominator: Annotated[Count | None, zh("分母")]
    value: Annotated[str | None, zh("数值", "In the indicator's unit; null when there is nothing to divide by.")]
    gap: Annotated[str | None, zh("差距")]
    met: Annotated[bool | None, zh("是否达标")]
    standing: Annotated[Standing, zh("状态")]
    synthetic: Annotated[bool, zh("演示数据")]


class PlanTaskLate(Out):
    id: Annotated[UUID, zh("编号")]
    clause: Annotated[str, zh("条款编号")]
    title: Annotated[str, zh("任务")]
    lead: Annotated[str, zh("牵头单位")]
    lead_name: Annotated[str, zh("牵头单位名称")]
    assist: Annotated[list[str], zh("协助单位")]
    warnings: Annotated[list[PlanTaskWarning], zh("预警")]


class PlanTasksOverdue(Out):
    """Tasks with something late, the longest overdue first."""

    as_of: Annotated[date, zh("截至日期")]
    plan: Annotated[str, zh("计划")]
    items: Annotated[list[PlanTaskLate], zh("逾期任务")]


class PlanTaskOverdueQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    unit: Annotated[str, zh("责任单位", "Leads or assists.", max_length=50)] = UNSENT
    plan: Annotated[str, zh("计划", "Instead of the one current on the day.", max_length=100)] = UNSENT


class PlanTaskDay(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT


class PlanTaskQuery(Page):
    plan: Annotated[str, zh("计划", "Instead of the one current on the day.", max_length=100)] = UNSENT
    unit: Annotated[str, zh("责任单位", "Leads or assists.", max_length=50)] = UNSENT
    lead: Annotated[str, zh("牵头单位", max_length=50)] = UNSENT
    clause: Annotated[str, zh("条款编号", max_length=50)] = UNSENT
    section: Annotated[str, zh("章节", "Beginning of the clause, such as 三(一).", min_length=1, max_length=20)] = (
        UNSENT
    )
    state: Annotated[PlanTaskState, zh("状态", "On the day.")] = UNSENT
    overdue: Annotated[bool, zh("是否逾期", "On the day.")] = UNSENT
    due_before: Annotated[Day, zh("期限早于")] = UNSENT
    mine: Annotated[bool, zh("本单位", "Of the caller's own town, or of a unit the caller acts for.")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Plan and states of this day; today by default.")] = UNSENT
    sort: Annotated[Literal["clause", "-clause", "due_on", "-due_on", "title", "-title"], zh("排序")] = "clause"


class PlanQuarterReportQuery(Page):
    plan: Annotated[str, zh("计划", "Instead of the one current on the day.", max_length=100)] = UNSENT
    quarter: Annotated[str, zh("季度", pattern=QUARTER)] = UNSENT
    unit: Annotated[str, zh("牵头单位", max_length=50)] = UNSENT
    late: Annotated[bool, zh("是否迟报")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Reports handed in by this day; today by default.")] = UNSENT
    sort: Annotated[Literal["quarter", "-quarter"], zh("排序")] = "-quarter"


class PlanTaskFields(In):
    """What a task says."""

    title: Annotated[str, zh("任务", min_length=2, max_length=500)]
    lead: Annotated[UnitCode, zh("牵头单位")]
    assist: Annotated[list[UnitCode], zh("协助单位", max_length=40, default_factory=list)]
    basis: Annotated[
        str, zh("分工依据", "The decision it follows from, such as minutes of a leading group.", max_length=500)
    ] = "规划员拟定"
    due_on: Annotated[Day, zh("完成期限", "Not before the plan begins.")]
    measure: Annotated[str, zh("成效衡量", max_length=1000)] = ""
    indicator: Annotated[str | None, zh("指标代码", max_length=100)] = None
    parameters: Annotated[dict[str, str], zh("指标参数", default_factory=dict)]
    comparison: Annotated[TargetComparison | None, zh("比较", "Needed with an indicator.")] = None
    threshold: Annotated[
        Decimal | None, zh("目标值", f"Needed with an indicator. {THRESHOLD}", max_digits=12, decimal_places=4)
    ] = None
    evidence_service: Annotated[OwningService, zh("证据所在服务")] = OwningService.REGISTRY
    evidence_path: Annotated[
        str,
        zh(
            "证据路径",
            "Path and query of that service, such as /v1/hazards?overdue=true.",
            pattern=r"^(/\S*)?$",
            max_length=500,
        ),
    ] = ""


class PlanTaskNew(PlanTaskFields):
    clause: Annotated[str, zh("条款编号", max_length=50)]
    plan: Annotated[str | None, zh("计划", "The current one by default.", max_length=100)] = None


class PlanTaskPatch(In):
    """The fields to change."""

    title: Annotated[str, zh("任务", min_length=2, max_length=500)] = UNSENT
    lead: Annotated[UnitCode, zh("牵头单位")] = UNSENT
    assist: Annotated[list[UnitCode], zh("协助单位", max_length=40)] = UNSENT
    basis: Annotated[str, zh("分工依据", max_length=500)] = UNSENT
    due_on: Annotated[Day, zh("完成期限")] = UNSENT
    measure: Annotated[str, zh("成效衡量", max_length=1000)] = UNSENT
    indicator: Annotated[str | None, zh("指标代码", max_length=100)] = None
    parameters: Annotated[dict[str, str], zh("指标参数")] = UNSENT
    comparison: Annotated[TargetComparison | None, zh("比较")] = None
    threshold: Annotated[Decimal | None, zh("目标值", THRESHOLD, max_digits=12, decimal_places=4)] = None
    evidence_service: Annotated[OwningService, zh("证据所在服务")] = UNSENT
    evidence_path: Annotated[str, zh("证据路径", pattern=r"^(/\S*)?$", max_length=500)] = UNSENT


class PlanTaskAssignment(In):
    """Give the task out."""

    assigned_on: Annotated[Day | None, zh("下达日期", "Today by default; not after today.")] = None
    document: Annotated[str, zh("下达文件", max_length=200)] = ""


class PlanTasksAssignment(PlanTaskAssignment):
    tasks: Annotated[list[UUID], zh("任务", min_length=1, max_length=500)]


class PlanTasksAssigned(Out):
    items: Annotated[list[PlanTaskRow], zh("任务")]


class PlanTaskNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class PlanTaskCarryOver(In):
    """Where an open task goes on."""

    plan: Annotated[str, zh("计划", "A later one.", max_length=100)]
    clause: Annotated[str, zh("条款编号", max_length=50)]
    due_on: Annotated[Day, zh("完成期限")]


class PlanTaskReportPut(In):
    percent: Annotated[int, zh("进度", ge=0, le=100)]
    summary: Annotated[str, zh("进展情况", min_length=1, max_length=4000)]
    problems: Annotated[str, zh("存在问题", max_length=2000)] = ""
    next_step: Annotated[str, zh("下一步", max_length=2000)] = ""


class PlanTasksDerived(Out):
    """How many measures of the plan became tasks."""

    plan: Annotated[str, zh("计划")]
    derived: Annotated[Count, zh("新拟定任务数")]
    tasks: Annotated[Count, zh("任务总数")]

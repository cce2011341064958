from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.registry.divisions.schemas import DIVISION
from services.registry.indicators.codes import TargetComparison
from services.registry.offers import RegistryOffer
from services.registry.plan_drafts.codes import PlanDraftState
from services.registry.plan_tasks.schemas import THRESHOLD, UnitCode
from services.registry.plan_units.codes import PlanUnitKind
from services.registry.plans.codes import OwningService, ProjectKind
from services.registry.steps.schemas import RegistryStep
from shared.schemas import Count, Day, In, Out, zh

NAME = r"^[a-z0-9][a-z0-9-]*$"
Text = Annotated[str, Field(max_length=2000)]


class PlanDocumentUnit(In):
    code: Annotated[UnitCode, zh("代码")]
    name_zh: Annotated[str, zh("中文名称", min_length=1, max_length=100)]
    name_en: Annotated[str, zh("英文名称", max_length=200)] = ""
    kind: Annotated[PlanUnitKind, zh("类别")] = PlanUnitKind.DEPARTMENT


class PlanDocumentClause(In):
    """A measure: the plan's own words, and how they are read."""

    id: Annotated[str, zh("条款编号", min_length=1, max_length=50)]
    section: Annotated[str, zh("章节", min_length=1, max_length=50)]
    section_title: Annotated[str, zh("章节标题", max_length=200)] = ""
    quote: Annotated[str, zh("原文", min_length=1, max_length=2000)]
    need: Annotated[str, zh("软件需求", max_length=4000)] = ""
    service: Annotated[OwningService, zh("承担服务")] = OwningService.REGISTRY
    also: Annotated[list[OwningService], zh("相关服务", max_length=5, default_factory=list)]
    facts: Annotated[list[Text], zh("相关事实", max_length=50, default_factory=list)]
    lead: Annotated[UnitCode | None, zh("责任单位", "Only where the plan's words name one.")] = None
    assist: Annotated[list[UnitCode], zh("协助单位", max_length=40, default_factory=list)]
    basis: Annotated[str, zh("责任依据", max_length=500)] = "计划未写明"


class PlanDocumentTarget(In):
    id: Annotated[str, zh("目标编号", pattern=NAME, max_length=100)]
    clause: Annotated[str | None, zh("条款编号", max_length=50)] = None
    indicator: Annotated[str, zh("指标代码", max_length=100)]
    parameters: Annotated[dict[str, str], zh("指标参数", default_factory=dict)]
    comparison: Annotated[TargetComparison, zh("比较")]
    threshold: Annotated[Decimal, zh("目标值", THRESHOLD, max_digits=12, decimal_places=4)]
    due_year: Annotated[int | None, zh("目标年", ge=2000, le=2100)] = None
    wording: Annotated[str, zh("原文", min_length=1, max_length=500)]
    lead: Annotated[UnitCode | None, zh("责任单位")] = None


class PlanDocumentTargetSet(In):
    code: Annotated[str, zh("代码", pattern=NAME, max_length=50)]
    name_zh: Annotated[str, zh("中文名称", min_length=1, max_length=100)]
    name_en: Annotated[str, zh("英文名称", max_length=200)] = ""
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]
    article: Annotated[str, zh("条款", max_length=100)] = ""
    tag: Annotated[str, zh("可信度", pattern="^(verified|known|uncertain|illustrative)$")]
    due_year: Annotated[int | None, zh("目标年", ge=2000, le=2100)] = None
    targets: Annotated[list[PlanDocumentTarget], zh("目标", min_length=1, max_length=100)]


class PlanDocumentProject(In):
    id: Annotated[str, zh("编号", pattern=NAME, max_length=100)]
    clause: Annotated[str, zh("条款编号", max_length=50)]
    name: Annotated[str, zh("名称", min_length=2, max_length=100)]
    kind: Annotated[ProjectKind, zh("类别")]
    division: Annotated[str | None, zh("区划", "The district where the plan tells no more.", pattern=DIVISION)] = None
    status_words: Annotated[str, zh("计划原文", max_length=500)] = ""
    note: Annotated[str, zh("备注", max_length=500)] = ""


class PlanDocument(In):
    """A whole plan as data: its measures, units, targets and named projects."""

    version: Annotated[int, zh("版本", ge=1, le=1000)] = 1
    title_zh: Annotated[str, zh("名称", min_length=2, max_length=200)]
    title_en: Annotated[str, zh("英文名称", max_length=200)] = ""
    document_number: Annotated[str, zh("文号", min_length=1, max_length=100)]
    issued_by: Annotated[str, zh("发文机关", min_length=1, max_length=100)]
    issued_on: Annotated[Day, zh("成文日期")]
    status: Annotated[str, zh("效力", "Say here that a plan is an example.", min_length=1, max_length=100)]
    since: Annotated[Day, zh("起始日期", "After the plan before it begins.")]
    until: Annotated[Day, zh("期满日期", "The first day after the period.")]
    based_on: Annotated[list[Text], zh("上位文件", max_length=50, default_factory=list)]
    source: Annotated[str, zh("来源", min_length=1, max_length=500)]
    units: Annotated[list[PlanDocumentUnit], zh("责任单位", max_length=100, default_factory=list)]
    clauses: Annotated[list[PlanDocumentClause], zh("条款", min_length=1, max_length=1000)]
    target_sets: Annotated[list[PlanDocumentTargetSet], zh("目标类别", max_length=20, default_factory=list)]
    projects: Annotated[list[PlanDocumentProject], zh("项目", max_length=200, default_factory=list)]


class PlanDraftRow(Out):
    """The next plan, until it is in force."""

    code: Annotated[str, zh("代码")]
    title_zh: Annotated[str, zh("名称")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("期满日期")]
    state: Annotated[PlanDraftState, zh("状态")]
    clauses: Annotated[Count, zh("条款数")]
    targets: Annotated[Count, zh("目标数")]
    digest: Annotated[str, zh("摘要", "SHA-256 of the document.")]
    imported_by: Annotated[str, zh("导入人")]
    imported_at: Annotated[datetime, zh("导入时间")]
    version: Annotated[Count, zh("版本")]


class PlanDraftOut(PlanDraftRow):
    id: Annotated[UUID, zh("编号")]
    document: Annotated[PlanDocument, zh("计划全文")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class PlanDrafts(Out):
    items: Annotated[list[PlanDraftRow], zh("计划草案")]


class PlanAdoption(In):
    """Put it in force."""

    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]
    carry_over: Annotated[
        bool,
        zh(
            "结转未完任务",
            "Open tasks of the plan before go on under the measure of the same id, or as `clauses` says.",
        ),
    ] = False
    clauses: Annotated[
        dict[str, str], zh("条款对应", "Of the plan before: of this one.", max_length=1000, default_factory=dict)
    ]


class PlanDraftNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class PlanAdopted(Out):
    """What came of it."""

    plan: Annotated[str, zh("计划")]
    since: Annotated[date, zh("起始日期")]
    clauses: Annotated[Count, zh("条款数")]
    targets: Annotated[Count, zh("目标数")]
    projects: Annotated[Count, zh("项目数")]
    carried: Annotated[Count, zh("结转任务数")]
    left: Annotated[list[UUID], zh("未结转任务", "Open tasks whose measure the new plan does not have.")]
    derived: Annotated[Count, zh("新拟定任务数")]

from datetime import date
from typing import Annotated, Literal

from services.registry.divisions.schemas import DIVISION
from services.registry.indicators.codes import Origin, PopulationBasis, RateMode, TargetComparison
from services.registry.indicators.schemas import TargetFigure
from services.registry.plans.codes import OwningService, ProjectKind, Stage
from shared.schemas import Count, Day, In, Out, Page, zh


class TrendPoint(Out):
    """The figure of a target on another day, by the same definition and basis."""

    day: Annotated[date, zh("日期")]
    numerator: Annotated[Count, zh("分子")]
    denominator: Annotated[Count | None, zh("分母")]
    value: Annotated[str | None, zh("数值")]
    met: Annotated[bool | None, zh("是否达标")]


class PlanTarget(Out):
    """A target of the plan and where it stands."""

    id: Annotated[str, zh("目标编号")]
    clause: Annotated[str | None, zh("条款编号")]
    wording: Annotated[str, zh("原文")]
    lead: Annotated[str | None, zh("责任单位", "As the document states it; null where it does not.")]
    due_year: Annotated[Count | None, zh("目标年")]
    indicator: Annotated[str, zh("指标代码")]
    indicator_name: Annotated[str, zh("指标名称")]
    version: Annotated[Count, zh("定义版本")]
    unit: Annotated[str, zh("单位")]
    rate_mode: Annotated[RateMode | None, zh("口径")]
    population_basis: Annotated[PopulationBasis | None, zh("人口口径")]
    nursery_counted: Annotated[bool, zh("含托班", "Whether children of nursery classes (2 to 3) are counted.")]
    comparison: Annotated[TargetComparison, zh("比较")]
    threshold: Annotated[str, zh("目标值", "In the indicator's unit.")]
    warning_margin: Annotated[
        str, zh("预警幅度", "In the indicator's unit; an illustrative parameter of the district.")
    ]
    origin: Annotated[Origin, zh("数据来源", "Live within the caller's scope; else the latest published snapshot.")]
    snapshot: Annotated[str | None, zh("冻结数编号")]
    counted_for: Annotated[date | None, zh("数据日期", "The day asked for, or the day of the published snapshot.")]
    figure: Annotated[TargetFigure | None, zh("现状")]
    population_counted_on: Annotated[date | None, zh("人口统计日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    years: Annotated[list[TrendPoint], zh("近三学年同日", "The same day of this and the two school years before.")]
    months: Annotated[list[TrendPoint], zh("近十二月", "The first day of each of the last twelve months.")]


class PlanTargetSet(Out):
    """Targets of one authority."""

    code: Annotated[str, zh("代码")]
    name_zh: Annotated[str, zh("中文名称")]
    name_en: Annotated[str, zh("英文名称")]
    document: Annotated[str, zh("依据文件")]
    article: Annotated[str, zh("条款")]
    tag: Annotated[str, zh("可信度")]
    due_year: Annotated[Count | None, zh("目标年")]
    targets: Annotated[list[PlanTarget], zh("目标")]


class ResponsibleUnit(Out):
    code: Annotated[str, zh("代码")]
    name_zh: Annotated[str, zh("中文名称")]
    name_en: Annotated[str, zh("英文名称")]


class Plan(Out):
    """The action plan in force and its targets: threshold, value, gap, trend."""

    code: Annotated[str, zh("代码")]
    version: Annotated[Count, zh("版本")]
    title_zh: Annotated[str, zh("名称")]
    title_en: Annotated[str, zh("英文名称")]
    document_number: Annotated[str, zh("文号")]
    issued_by: Annotated[str, zh("发文机关")]
    issued_on: Annotated[date, zh("成文日期")]
    status: Annotated[str, zh("效力")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("期满日期", "The first day after the period.")]
    ended: Annotated[bool, zh("已期满", "Its period is over and no later plan has begun: its targets are still kept.")]
    based_on: Annotated[list[str], zh("上位文件")]
    source: Annotated[str, zh("来源")]
    units: Annotated[list[ResponsibleUnit], zh("责任单位")]
    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    division_name: Annotated[str, zh("区划名称")]
    synthetic: Annotated[bool, zh("演示数据")]
    target_sets: Annotated[list[PlanTargetSet], zh("目标类别")]


class PlanQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "The day to count on; today by default.")] = None
    division: Annotated[str | None, zh("区划", "The plan's own district by default.", pattern=DIVISION)] = None


class PlanRow(Out):
    """One of the district's action plans."""

    code: Annotated[str, zh("代码")]
    version: Annotated[Count, zh("版本")]
    title_zh: Annotated[str, zh("名称")]
    title_en: Annotated[str, zh("英文名称")]
    document_number: Annotated[str, zh("文号")]
    issued_by: Annotated[str, zh("发文机关")]
    issued_on: Annotated[date, zh("成文日期")]
    status: Annotated[str, zh("效力")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("期满日期", "The first day after the period.")]
    current: Annotated[bool, zh("当日适用", "Whether it is the plan of the day asked for.")]


class PlanList(Out):
    items: Annotated[list[PlanRow], zh("行动计划")]


class PlanDayQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "The plan current on this day; today by default.")] = None


class Clause(Out):
    """One measure of the plan. The quote is the plan's own text; need, service and facts are our reading of it."""

    id: Annotated[str, zh("条款编号", examples=["三(一)1-a"])]
    plan: Annotated[str, zh("计划")]
    place: Annotated[Count, zh("次序")]
    section: Annotated[str, zh("章节")]
    section_title: Annotated[str, zh("章节标题")]
    quote: Annotated[str, zh("原文")]
    need: Annotated[str, zh("软件需求")]
    service: Annotated[OwningService, zh("承担服务")]
    also: Annotated[list[str], zh("相关服务")]
    facts: Annotated[list[str], zh("相关事实")]
    lead: Annotated[str | None, zh("责任单位", "As the plan states it; null where it does not.")]
    lead_name: Annotated[str | None, zh("责任单位名称")]
    assist: Annotated[list[str], zh("协助单位")]
    basis: Annotated[str, zh("责任依据", "The plan's words that name the unit.")]


class ClausePage(Out):
    items: Annotated[list[Clause], zh("条款")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ClauseQuery(Page):
    section: Annotated[
        str | None, zh("章节", "Beginning of the section, such as 三(一).", min_length=1, max_length=20)
    ] = None
    service: Annotated[OwningService | None, zh("承担服务")] = None
    lead: Annotated[str | None, zh("责任单位", max_length=100)] = None
    q: Annotated[str | None, zh("原文包含", min_length=1, max_length=100)] = None
    as_of: Annotated[Day | None, zh("截至日期", "The plan current on this day; today by default.")] = None
    sort: Annotated[Literal["place", "-place", "section", "-section"], zh("排序")] = "place"


class Project(Out):
    """A project the plan names, and how far it has come."""

    id: Annotated[str, zh("编号")]
    plan: Annotated[str, zh("计划")]
    clause: Annotated[str, zh("条款编号")]
    name: Annotated[str, zh("名称")]
    kind: Annotated[ProjectKind, zh("类别")]
    division: Annotated[str, zh("区划", "The district where neither the plan nor the name tells more.")]
    division_name: Annotated[str, zh("区划名称")]
    status_words: Annotated[str, zh("计划原文")]
    status: Annotated[Stage, zh("进展")]
    status_on: Annotated[date, zh("进展日期")]
    status_note: Annotated[str, zh("进展说明")]
    source: Annotated[str, zh("来源")]
    note: Annotated[str, zh("备注")]
    version: Annotated[Count, zh("版本")]


class ProjectPage(Out):
    items: Annotated[list[Project], zh("项目")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ProjectQuery(Page):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    kind: Annotated[ProjectKind | None, zh("类别")] = None
    status: Annotated[Stage | None, zh("进展")] = None
    clause: Annotated[str | None, zh("条款编号", max_length=50)] = None
    sort: Annotated[Literal["name", "-name", "status_on", "-status_on"], zh("排序")] = "name"


class ProjectProgress(In):
    """What the planner records: the step reached, since when, and the document that shows it."""

    status: Annotated[Stage, zh("进展")]
    status_on: Annotated[Day, zh("进展日期")]
    status_note: Annotated[
        str, zh("进展说明", "The document or the fact that shows it.", min_length=1, max_length=1000)
    ]

from datetime import date
from typing import Annotated

from services.registry.indicators.codes import Standing, TargetComparison
from services.registry.plan_scorecards.codes import ScorecardCriterion
from services.registry.plan_tasks.codes import PlanRole
from services.registry.plan_units.codes import PlanUnitKind
from shared.schemas import UNSENT, Count, Day, In, Out, zh


class ScorecardReason(Out):
    """Why a point is missing."""

    about: Annotated[str, zh("对象", "The task, or the target of the plan.")]
    name: Annotated[str, zh("名称")]
    zh: Annotated[str, zh("原因")]
    en: Annotated[str, zh("英文原因")]


class ScorecardLine(Out):
    """One criterion: points are weight × reached ÷ of."""

    criterion: Annotated[ScorecardCriterion, zh("计分项")]
    weight: Annotated[str, zh("分值")]
    reached: Annotated[Count, zh("达到数")]
    of: Annotated[Count, zh("应达到数", "0: nothing to count, left out of the score.")]
    points: Annotated[str | None, zh("得分")]
    reasons: Annotated[list[ScorecardReason], zh("失分原因")]


class ScorecardTarget(Out):
    """A yearly target of the plan in a town: actual against target."""

    target: Annotated[str, zh("目标编号")]
    indicator: Annotated[str, zh("指标代码")]
    indicator_name: Annotated[str, zh("指标名称")]
    unit: Annotated[str, zh("单位")]
    due_year: Annotated[Count | None, zh("目标年")]
    comparison: Annotated[TargetComparison, zh("比较")]
    threshold: Annotated[str, zh("目标值")]
    value: Annotated[str | None, zh("实际值")]
    gap: Annotated[str | None, zh("差距")]
    met: Annotated[bool | None, zh("是否达标")]
    standing: Annotated[Standing, zh("预警状态")]


class Scorecard(Out):
    """The score of one town or department 综合督导计分卡, each missing point with its reason."""

    unit: Annotated[str, zh("责任单位")]
    unit_name: Annotated[str, zh("名称")]
    kind: Annotated[PlanUnitKind, zh("类别")]
    division: Annotated[str | None, zh("区划")]
    leads: Annotated[Count, zh("牵头任务数", "Assigned by the day.")]
    assists: Annotated[Count, zh("协助任务数", "Assigned by the day.")]
    overdue: Annotated[Count, zh("逾期任务数")]
    score: Annotated[str | None, zh("总分", "Of 100, over the criteria that have something to count.")]
    lines: Annotated[list[ScorecardLine], zh("计分项")]
    targets: Annotated[list[ScorecardTarget], zh("目标对照", "Of a town: the plan's targets, actual against target.")]
    synthetic: Annotated[bool, zh("演示数据")]


class ScorecardWeight(Out):
    criterion: Annotated[ScorecardCriterion, zh("计分项")]
    weight: Annotated[str, zh("分值")]
    document: Annotated[str, zh("依据")]
    tag: Annotated[str, zh("可信度", "illustrative: a value without authority, until the district sets its own.")]


class Scorecards(Out):
    """The scorecards in the caller's scope."""

    as_of: Annotated[date, zh("截至日期")]
    plan: Annotated[str, zh("计划")]
    weights: Annotated[list[ScorecardWeight], zh("分值")]
    items: Annotated[list[Scorecard], zh("计分卡")]


class ScorecardQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    kind: Annotated[PlanUnitKind, zh("类别")] = UNSENT
    unit: Annotated[str, zh("责任单位", max_length=50)] = UNSENT


class MatrixUnit(Out):
    code: Annotated[str, zh("代码")]
    name_zh: Annotated[str, zh("名称")]
    kind: Annotated[PlanUnitKind, zh("类别")]
    leads: Annotated[Count, zh("牵头条款数")]
    assists: Annotated[Count, zh("协助条款数")]


class MatrixRow(Out):
    """A measure and how each unit stands to it."""

    clause: Annotated[str, zh("条款编号")]
    quote: Annotated[str, zh("条款原文")]
    stated: Annotated[bool, zh("计划写明", "Whether the plan's own words name the lead.")]
    tasks: Annotated[Count, zh("任务数")]
    roles: Annotated[dict[str, PlanRole], zh("分工", "Code of the unit: how it stands to the measure.")]


class ResponsibilityMatrix(Out):
    """Units × measures 责任分工矩阵: from the plan's words and the tasks in scope."""

    as_of: Annotated[date, zh("截至日期")]
    plan: Annotated[str, zh("计划")]
    units: Annotated[list[MatrixUnit], zh("责任单位")]
    measures: Annotated[list[MatrixRow], zh("条款")]


class MatrixQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    unit: Annotated[str, zh("责任单位", "Only measures this unit leads or assists.", max_length=50)] = UNSENT

from datetime import date
from decimal import Decimal
from typing import Annotated

from services.registry.divisions.schemas import DIVISION
from services.registry.plan_baselines.codes import Better, FormerPlan
from shared.schemas import UNSENT, Count, Day, In, Out, zh


class PlanBaselineOut(Out):
    """What a figure was at the end of an earlier plan, and what it is now."""

    former_plan: Annotated[FormerPlan, zh("计划")]
    indicator: Annotated[str, zh("指标代码")]
    indicator_name: Annotated[str, zh("指标名称")]
    unit: Annotated[str, zh("单位")]
    division: Annotated[str, zh("区划")]
    parameters: Annotated[dict[str, str], zh("指标参数")]
    value: Annotated[str, zh("当时数值", "In the indicator's unit.")]
    better: Annotated[Better, zh("优劣方向")]
    counted_on: Annotated[date, zh("统计日期")]
    document: Annotated[str, zh("依据文件")]
    entered_by: Annotated[str, zh("录入人")]
    version: Annotated[Count, zh("版本")]
    value_now: Annotated[str | None, zh("现值", "Of `as_of`; null outside one's scope or with nothing to divide by.")]
    change: Annotated[str | None, zh("变化", "Now minus then.")]
    regressed: Annotated[bool | None, zh("是否退步", "Worse than at the end of that plan: a warning.")]


class PlanBaselines(Out):
    as_of: Annotated[date, zh("截至日期")]
    regressed: Annotated[Count, zh("退步项数")]
    items: Annotated[list[PlanBaselineOut], zh("前三期基线")]


class PlanBaselineQuery(In):
    as_of: Annotated[Day, zh("截至日期", "The day compared with; today by default.")] = UNSENT
    division: Annotated[str, zh("区划", pattern=DIVISION)] = UNSENT
    former_plan: Annotated[FormerPlan, zh("计划")] = UNSENT


class PlanBaselinePut(In):
    """The figure as the document of that plan has it."""

    division: Annotated[str | None, zh("区划", "The district by default.", pattern=DIVISION)] = None
    parameters: Annotated[dict[str, str], zh("指标参数", default_factory=dict)]
    value: Annotated[Decimal, zh("数值", "In the indicator's unit, as printed.", max_digits=14, decimal_places=4)]
    better: Annotated[Better, zh("优劣方向")] = Better.HIGHER
    counted_on: Annotated[Day, zh("统计日期", "Not after today.")]
    document: Annotated[str, zh("依据文件", min_length=1, max_length=500)]

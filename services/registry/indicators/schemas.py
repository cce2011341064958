from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from services.registry.classes.codes import ClassKind
from services.registry.divisions.codes import Zone
from services.registry.divisions.schemas import DIVISION
from services.registry.indicators.codes import (
    Breakdown,
    Kind,
    Part,
    PopulationBasis,
    RateMode,
    Standing,
    Step,
    TargetComparison,
)
from services.registry.kindergartens.codes import Type
from shared.schemas import Count, Day, In, Out, Page, zh


class Indicator(Out):
    """One version of the definition of an indicator. What is counted is data; a version never changes."""

    code: Annotated[str, zh("指标代码")]
    version: Annotated[Count, zh("版本")]
    name_zh: Annotated[str, zh("中文名称")]
    name_en: Annotated[str, zh("英文名称")]
    kind: Annotated[Kind, zh("算法")]
    unit: Annotated[str, zh("单位")]
    decimals: Annotated[Count, zh("小数位")]
    numerator: Annotated[dict[str, Any], zh("分子")]
    denominator: Annotated[dict[str, Any] | None, zh("分母")]
    parameters: Annotated[dict[str, Any], zh("参数", "Each with its allowed values, default and label.")]
    legal_source: Annotated[list[dict[str, str]], zh("依据", "Documents and articles.")]
    tag: Annotated[str, zh("可信度", "verified, known or uncertain")]
    note_zh: Annotated[str, zh("说明")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期", "The first day it no longer holds.")]


class IndicatorPage(Out):
    items: Annotated[list[Indicator], zh("指标")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class IndicatorQuery(Page):
    code: Annotated[str | None, zh("指标代码", max_length=100)] = None
    kind: Annotated[Kind | None, zh("算法")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only versions in force on this day; all versions by default.")] = None
    sort: Annotated[Literal["code", "-code", "name", "-name"], zh("排序")] = "code"


class IndicatorDayQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Which version is in force; today by default.")] = None
    version: Annotated[int | None, zh("版本", "This version instead of the one in force.", ge=1, le=10_000)] = None


class Basis(In):
    """On which basis an indicator is computed: parameters of its definition. One it does not have is refused."""

    rate_mode: Annotated[RateMode | None, zh("口径")] = None
    population_basis: Annotated[PopulationBasis | None, zh("人口口径")] = None
    oversize_tolerance: Annotated[int | None, zh("大班额容许人数", ge=0, le=100)] = None
    kindergarten_size: Annotated[int | None, zh("规模", ge=1, le=10_000)] = None


class Where(In):
    """The place a figure is about, within the caller's scope."""

    division: Annotated[
        str | None,
        zh("区划", "This division and all below it; the caller's own when it has just one.", pattern=DIVISION),
    ] = None
    zone: Annotated[Zone | None, zh("片区", "Only the towns of this zone.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园", "This kindergarten alone.")] = None


class FigureQuery(Where, Basis, Page):
    version: Annotated[int | None, zh("版本", "This version instead of the one in force.", ge=1, le=10_000)] = None
    by: Annotated[Breakdown, zh("分组")] = Breakdown.WHOLE
    sort: Annotated[
        Literal["key", "-key", "name", "-name", "value", "-value", "numerator", "-numerator", "as_of", "-as_of"],
        zh("排序"),
    ] = "key"


class ValueQuery(FigureQuery):
    as_of: Annotated[Day | None, zh("截至日期", "The day to count on; today by default.")] = None


class SeriesQuery(FigureQuery):
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期", "The last day, included; today by default.")] = None
    step: Annotated[Step, zh("步长")] = Step.MONTH
    sort: Annotated[
        Literal["as_of", "-as_of", "key", "-key", "name", "-name", "value", "-value", "numerator", "-numerator"],
        zh("排序"),
    ] = "as_of"


class LineageQuery(Where, Basis, Page):
    as_of: Annotated[Day | None, zh("截至日期", "The day to count on; today by default.")] = None
    version: Annotated[int | None, zh("版本", "This version instead of the one in force.", ge=1, le=10_000)] = None
    part: Annotated[Part, zh("哪一侧")] = Part.NUMERATOR
    type: Annotated[Type | None, zh("办园性质", "Only rows of this type.")] = None
    class_kind: Annotated[ClassKind | None, zh("班级类型", "Only rows of this kind of class.")] = None
    sort: Annotated[Literal["id", "-id", "division", "-division"], zh("排序")] = "id"


class IndicatorValue(Out):
    """A figure and what it was made of: numerator and denominator are exact, the value is rounded half up once."""

    indicator: Annotated[str, zh("指标代码")]
    version: Annotated[Count, zh("定义版本")]
    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    zone: Annotated[Zone | None, zh("片区")]
    key: Annotated[str, zh("分组值", "Of the breakdown: a division, kindergarten, type …; empty where there is none.")]
    name: Annotated[str, zh("名称")]
    numerator: Annotated[Count, zh("分子")]
    denominator: Annotated[Count | None, zh("分母")]
    value: Annotated[str | None, zh("数值", "In the indicator's unit; null when there is nothing to divide by.")]
    unit: Annotated[str, zh("单位")]
    rate_mode: Annotated[RateMode | None, zh("口径")]
    population_basis: Annotated[PopulationBasis | None, zh("人口口径")]
    population_counted_on: Annotated[date | None, zh("人口统计日期", "Of the oldest count used.")]
    nursery_counted: Annotated[bool, zh("含托班", "Whether children of nursery classes (2 to 3) are counted.")]
    synthetic: Annotated[bool, zh("演示数据", "Some row behind the figure is invented.")]


class IndicatorValuePage(Out):
    items: Annotated[list[IndicatorValue], zh("数值")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class IndicatorInput(Out):
    """One row behind a figure. The amounts of all rows add up to the numerator or denominator exactly."""

    id: Annotated[str, zh("编号", "Of the enrolment, class or kindergarten; of a population count its key.")]
    source: Annotated[str, zh("来源", "What is counted, as the definition names it.")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    kindergarten_name: Annotated[str | None, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    class_kind: Annotated[ClassKind | None, zh("班级类型")]
    type: Annotated[Type | None, zh("办园性质", "On the day.")]
    amount: Annotated[Count, zh("计入数量")]
    counted_on: Annotated[date | None, zh("统计日期", "Of a population count.")]
    synthetic: Annotated[bool, zh("演示数据")]


class IndicatorInputPage(Out):
    items: Annotated[list[IndicatorInput], zh("明细")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TargetFigure(Out):
    """A figure held against a target."""

    numerator: Annotated[Count, zh("分子")]
    denominator: Annotated[Count | None, zh("分母")]
    value: Annotated[str | None, zh("数值", "In the indicator's unit, rounded half up once.")]
    gap: Annotated[str | None, zh("差距", "Value minus threshold, in percentage points for a percentage.")]
    children_short: Annotated[
        Count | None, zh("差额人数", "How many more in the numerator would reach the target; 0 when it is reached.")
    ]
    children_spare: Annotated[
        Count | None, zh("富余人数", "How many fewer in the numerator would still reach it; 0 when it is missed.")
    ]
    met: Annotated[bool | None, zh("是否达标", "By the unrounded value.")]
    standing: Annotated[Standing, zh("达标状态")]


class WhatIf(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    type: Annotated[Type, zh("拟变更的办园性质")]
    day: Annotated[Day | None, zh("生效日期", "The day to count on; today by default.")] = None


class TargetEffect(Out):
    """What the change of a kindergarten's type would do to one target."""

    target: Annotated[str, zh("目标编号")]
    target_set: Annotated[str, zh("目标类别")]
    indicator: Annotated[str, zh("指标代码")]
    indicator_name: Annotated[str, zh("指标名称")]
    version: Annotated[Count, zh("定义版本")]
    unit: Annotated[str, zh("单位")]
    comparison: Annotated[TargetComparison, zh("比较")]
    threshold: Annotated[str, zh("目标值", "In the indicator's unit.")]
    before: Annotated[TargetFigure, zh("变更前")]
    after: Annotated[TargetFigure, zh("变更后")]


class TypeChangeEffect(Out):
    """What the change of a kindergarten's type would do to the targets of an area: nothing is stored."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    present_type: Annotated[Type | None, zh("现办园性质")]
    new_type: Annotated[Type, zh("拟变更的办园性质")]
    day: Annotated[date, zh("生效日期")]
    division: Annotated[str, zh("区划", "The area computed: the caller's own, at most the district.")]
    children: Annotated[Count, zh("在园幼儿", "Of the kindergarten on the day, nursery classes left out.")]
    synthetic: Annotated[bool, zh("演示数据")]
    targets: Annotated[list[TargetEffect], zh("目标")]

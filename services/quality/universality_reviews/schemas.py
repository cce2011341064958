from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from services.quality.universality_reviews.codes import IndicatorRule, UniversalityState
from shared.schemas import Count, Day, In, Out, Page, zh

Figure = Annotated[
    Decimal,
    Field(max_digits=12, decimal_places=4),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^-?\d{1,8}(\.\d{1,4})?$"}),
]
Reference = Annotated[str, Field(min_length=1, max_length=300)]


class UniversalityIndicator(Out):
    """One indicator of the national list; an illustrative reading has no authority."""

    code: Annotated[str, zh("指标代码")]
    area: Annotated[str, zh("内容")]
    name: Annotated[str, zh("指标")]
    rule: Annotated[IndicatorRule, zh("达标规则")]
    threshold: Annotated[Figure | None, zh("标准")]
    unit: Annotated[str, zh("单位")]
    formula: Annotated[str, zh("计算方法")]
    basis: Annotated[str, zh("依据")]
    tag: Annotated[Literal["verified", "known", "uncertain", "illustrative"], zh("可信度")]
    drawn: Annotated[str, zh("系统事实", "The fact the system draws the figure from; empty: it is entered.")]


class UniversalityReviewNew(In):
    year: Annotated[int, zh("年度", ge=2020, le=2100)]


class UniversalityEntry(In):
    code: Annotated[str, zh("指标代码", pattern=r"^[A-D]\d?$")]
    value: Annotated[Figure | None, zh("数值", "Where the system has no figure of its own.", ge=0)] = None
    stated: Annotated[bool | None, zh("认定达标", "Where the indicator has no figure.")] = None
    evidence: Annotated[list[Reference], zh("佐证材料", max_length=50)] = Field(default=[])
    note: Annotated[str, zh("说明", max_length=2000)] = ""
    responsible: Annotated[str, zh("责任单位", max_length=100)] = ""
    measure: Annotated[str, zh("补差措施", max_length=2000)] = ""
    due_on: Annotated[Day | None, zh("补差期限")] = None


class UniversalityNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class UniversalityRow(Out):
    """An indicator as it stands: the figure and where it is from, the gap, the evidence, who closes it."""

    code: Annotated[str, zh("指标代码")]
    area: Annotated[str, zh("内容")]
    name: Annotated[str, zh("指标")]
    rule: Annotated[IndicatorRule, zh("达标规则")]
    threshold: Annotated[Figure | None, zh("标准")]
    unit: Annotated[str, zh("单位")]
    basis: Annotated[str, zh("依据")]
    tag: Annotated[str, zh("可信度")]
    value: Annotated[Figure | None, zh("数值")]
    origin: Annotated[Literal["drawn", "entered", "missing"], zh("来源", "系统事实, 填报, 缺")]
    source: Annotated[str, zh("数据出处", "Of a drawn figure: the frozen figure's id and day, or the count.")]
    stated: Annotated[bool | None, zh("认定达标")]
    met: Annotated[bool | None, zh("达标", "Null: nothing is known yet.")]
    gap: Annotated[Figure | None, zh("差距")]
    evidence: Annotated[list[str], zh("佐证材料")]
    note: Annotated[str, zh("说明")]
    responsible: Annotated[str, zh("责任单位")]
    measure: Annotated[str, zh("补差措施")]
    due_on: Annotated[date | None, zh("补差期限")]
    overdue: Annotated[bool, zh("补差逾期")]


class UniversalityReviewRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    year: Annotated[int, zh("年度")]
    state: Annotated[UniversalityState, zh("状态")]
    opened_by: Annotated[str, zh("发起人")]
    opened_on: Annotated[date, zh("发起日期")]
    confirmed_by: Annotated[str | None, zh("确认人")]
    confirmed_on: Annotated[date | None, zh("确认日期")]


class UniversalityReviewOut(UniversalityReviewRow):
    passes: Annotated[bool, zh("全部达标", "All indicators must pass.")]
    met: Annotated[Count, zh("达标指标数")]
    unmet: Annotated[Count, zh("未达标指标数")]
    unknown: Annotated[Count, zh("待填报指标数")]
    indicators: Annotated[list[UniversalityRow], zh("指标")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class UniversalityReviewPage(Out):
    items: Annotated[list[UniversalityReviewRow], zh("双普自查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class UniversalityReviewQuery(Page):
    year: Annotated[int | None, zh("年度", ge=2020, le=2100)] = None
    state: Annotated[UniversalityState | None, zh("状态")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"

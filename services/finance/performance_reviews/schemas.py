from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.finance.performance_reviews.codes import ReviewGrade, ReviewState
from shared.schemas import Count, Day, In, Out, Page, zh

Score = Annotated[
    Decimal,
    Field(max_digits=5, decimal_places=2, ge=0, le=100),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d{1,3}(\.\d{1,2})?$"}),
]


class IndicatorIn(In):
    name: Annotated[str, zh("指标", min_length=1, max_length=100)]
    group: Annotated[Literal["decision", "process", "output", "benefit"], zh("一级指标", "决策, 过程, 产出, 效益")]
    weight: Annotated[Score, zh("分值")]
    score: Annotated[Score, zh("得分")]


class SelfEvaluation(In):
    programme: Annotated[str, zh("补助项目", max_length=40)]
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    indicators: Annotated[list[IndicatorIn], zh("指标体系"), Field(min_length=1, max_length=100)]


class ExternalEvaluation(In):
    indicators: Annotated[list[IndicatorIn], zh("指标体系"), Field(min_length=1, max_length=100)]
    opinion: Annotated[str, zh("评价意见", min_length=1, max_length=2000)]
    rectification_due: Annotated[Day | None, zh("整改期限")] = None


class Rectification(In):
    rectification: Annotated[str, zh("整改情况", min_length=1, max_length=2000)]


class IndicatorOut(Out):
    name: Annotated[str, zh("指标")]
    group: Annotated[str, zh("一级指标")]
    weight: Annotated[Score, zh("分值")]
    score: Annotated[Score, zh("得分")]


class PerformanceReviewOut(Out):
    """The performance of one programme's money in one year."""

    id: Annotated[UUID, zh("编号")]
    programme: Annotated[str, zh("补助项目")]
    year: Annotated[Count, zh("年度")]
    self_indicators: Annotated[list[IndicatorOut], zh("自评指标")]
    self_score: Annotated[Score, zh("自评得分")]
    indicators: Annotated[list[IndicatorOut], zh("评价指标")]
    score: Annotated[Score | None, zh("评价得分")]
    grade: Annotated[ReviewGrade | None, zh("评价等级")]
    opinion: Annotated[str, zh("评价意见")]
    rectification_due: Annotated[date | None, zh("整改期限")]
    rectification: Annotated[str, zh("整改情况")]
    state: Annotated[ReviewState, zh("状态")]
    self_evaluated_by: Annotated[str, zh("自评人")]
    evaluated_by: Annotated[str | None, zh("评价人")]
    version: Annotated[Count, zh("版本")]


class PerformanceReviewPage(Out):
    items: Annotated[list[PerformanceReviewOut], zh("绩效评价")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PerformanceReviewQuery(Page):
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    year: Annotated[int | None, zh("年度")] = None
    grade: Annotated[ReviewGrade | None, zh("评价等级")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"

from datetime import date
from typing import Annotated

from pydantic import WithJsonSchema

from shared.schemas import Count, Day, In, Out, zh

Mean = Annotated[str, WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d{1,3}(\.\d{1,2})?$"})]


class OverviewQuery(In):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    framework: Annotated[str | None, zh("评估标准", max_length=40)] = None
    as_of: Annotated[Day | None, zh("截至日期", "What was published until this day; today when left out.")] = None


class OverviewRound(Out):
    """One cycle: how far it is and what it found; read down the list, the trend."""

    framework: Annotated[str, zh("评估标准")]
    first_year: Annotated[int, zh("首年")]
    planned: Annotated[Count, zh("计划园所数")]
    published: Annotated[Count, zh("已公布园所数")]
    mean: Annotated[Mean | None, zh("平均总分")]
    excellent: Annotated[Count, zh("优秀")]
    good: Annotated[Count, zh("良好")]
    qualified: Annotated[Count, zh("合格")]
    unqualified: Annotated[Count, zh("不合格")]


class OverviewArea(Out):
    """Points of an area in a round over the kindergartens published, and how far that is from the round before."""

    framework: Annotated[str, zh("评估标准")]
    first_year: Annotated[int, zh("首年")]
    area: Annotated[str, zh("领域代码")]
    name: Annotated[str | None, zh("领域")]
    kindergartens: Annotated[Count, zh("园所数")]
    mean: Annotated[Mean, zh("平均分")]
    least: Annotated[Mean, zh("最低分")]
    most: Annotated[Mean, zh("最高分")]
    change: Annotated[str | None, zh("较上轮变化", "Null: no earlier round.")]


class OverviewItem(Out):
    """A point of the framework and its mean level in its latest round."""

    framework: Annotated[str, zh("评估标准")]
    item: Annotated[str, zh("条目代码")]
    text: Annotated[str | None, zh("内容")]
    kindergartens: Annotated[Count, zh("园所数")]
    mean: Annotated[Mean, zh("平均等次")]


class OverviewMonth(Out):
    """Visits of responsible inspectors in a month, against the kindergartens that operate today."""

    month: Annotated[date, zh("月份")]
    visits: Annotated[Count, zh("督导次数")]
    visited: Annotated[Count, zh("到访园所数")]
    kindergartens: Annotated[Count, zh("在办园所数")]
    guidance: Annotated[Count, zh("教研员下园次数")]
    issues: Annotated[Count, zh("发现问题数")]


class OverviewInspections(Out):
    year: Annotated[int, zh("年度")]
    opened: Annotated[Count, zh("已开展")]
    passed: Annotated[Count, zh("合格")]
    conditional: Annotated[Count, zh("基本合格")]
    failed: Annotated[Count, zh("不合格")]
    vetoed: Annotated[Count, zh("一票否决")]


class QualityOverview(Out):
    """保教质量总览 (二-7) of published results only, within the caller's scope."""

    kindergartens: Annotated[Count, zh("在办园所数")]
    rounds: Annotated[list[OverviewRound], zh("各轮评估")]
    areas: Annotated[list[OverviewArea], zh("各领域得分")]
    weakest: Annotated[list[OverviewItem], zh("最薄弱条目", "Ten at most.")]
    strongest: Annotated[list[OverviewItem], zh("最突出条目", "Ten at most.")]
    months: Annotated[list[OverviewMonth], zh("督导与教研", "The last twelve months.")]
    inspections: Annotated[list[OverviewInspections], zh("年检")]

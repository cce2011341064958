from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.annual_inspections.codes import AnnualInspectionResult
from services.quality.evaluations.codes import EvaluationGrade
from services.quality.weak_kindergartens.codes import WeakReason
from shared.schemas import Count, Day, In, Out, Page, zh


class WeakKindergartenRow(Out):
    """What the rule looks at, and what it finds. An unknown fact is no reason."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    inspection: Annotated[AnnualInspectionResult | None, zh("最近年检结论")]
    inspection_year: Annotated[int | None, zh("年检年度")]
    grade: Annotated[EvaluationGrade | None, zh("最近公布的评估等级")]
    graded_on: Annotated[date | None, zh("评估公布日期")]
    children: Annotated[Count | None, zh("在园人数", "Of the last certified month.")]
    staff: Annotated[Count, zh("专职教职工数", "Of its own: bought services do not count.")]
    carers: Annotated[Count, zh("专职保教人员数", "Teachers and childcare workers.")]
    large_classes: Annotated[Count, zh("大班额班级数")]
    major_hazards: Annotated[Count, zh("未销号重大隐患数")]
    account_alerts: Annotated[Count, zh("已查实未了结的账户预警数")]
    ethics_cases: Annotated[Count, zh("十二个月内严重师德失范事实数")]
    style_cases: Annotated[Count, zh("十二个月内查实小学化案件数")]
    reasons: Annotated[list[WeakReason], zh("依据")]
    weak: Annotated[bool, zh("薄弱园", "By the rule in force on the day.")]
    supported: Annotated[bool, zh("在帮扶中", "It has an open support case.")]


class WeakKindergartenPage(Out):
    items: Annotated[list[WeakKindergartenRow], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class WeakKindergartenQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Facts and rule as of this day.")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    weak: Annotated[bool | None, zh("薄弱园")] = None
    supported: Annotated[bool | None, zh("在帮扶中")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class WeakRuleQuery(In):
    as_of: Annotated[Day | None, zh("截至日期")] = None


class WeakRuleLine(Out):
    """One line of the rule with its number and authority."""

    edition: Annotated[str, zh("版本")]
    code: Annotated[str, zh("依据代码", "`reasons`: how many it takes when none decides alone.")]
    label_zh: Annotated[str, zh("名称")]
    threshold: Annotated[int, zh("界限")]
    unit: Annotated[str, zh("单位")]
    decisive: Annotated[bool, zh("单独决定")]
    basis: Annotated[str, zh("依据")]
    tag: Annotated[str, zh("可信度")]
    since: Annotated[date, zh("启用日期")]

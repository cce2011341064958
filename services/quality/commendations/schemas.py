from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.annual_inspections.codes import AnnualInspectionResult
from services.quality.commendations.codes import CommendationState
from services.quality.evaluations.codes import EvaluationGrade
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, In, Out, Page, zh


class CommendationNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    year: Annotated[int, zh("年度", ge=2020, le=2100)]
    title: Annotated[str, zh("荣誉名称", min_length=1, max_length=100)]
    merits: Annotated[str, zh("事迹", min_length=1, max_length=4000)]


class CommendationNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class CommendationFacts(Out):
    """What the system holds of that kindergarten and year, drawn when it is read."""

    inspection: Annotated[AnnualInspectionResult | None, zh("年检结论")]
    vetoed: Annotated[bool, zh("一票否决")]
    grade: Annotated[EvaluationGrade | None, zh("最近公布的评估等级")]
    serious_cases: Annotated[Count, zh("严重师德失范事实数")]
    penalties: Annotated[Count, zh("行政处罚数")]
    open_major_hazards: Annotated[Count, zh("未销号重大隐患数")]


class CommendationRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    year: Annotated[int, zh("年度")]
    title: Annotated[str, zh("荣誉名称")]
    state: Annotated[CommendationState, zh("状态")]
    barred: Annotated[bool, zh("取消资格", "By the record of that year as it stands now.")]
    publicity_until: Annotated[date | None, zh("公示截止")]


class CommendationOut(CommendationRow):
    merits: Annotated[str, zh("事迹")]
    nominated_by: Annotated[str, zh("推荐人")]
    nominated_on: Annotated[date, zh("推荐日期")]
    publicised_by: Annotated[str | None, zh("公示人")]
    decided_by: Annotated[str | None, zh("决定人")]
    decided_on: Annotated[date | None, zh("决定日期")]
    facts: Annotated[CommendationFacts, zh("系统事实")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class CommendationPage(Out):
    items: Annotated[list[CommendationRow], zh("评优")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class CommendationQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("年度", ge=2020, le=2100)] = None
    state: Annotated[CommendationState | None, zh("状态")] = None
    barred: Annotated[bool | None, zh("取消资格")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.parameters.codes import ParameterName
from services.finance.standard_reviews.codes import ReviewIndicator, StandardReviewOutcome, StandardReviewState
from shared.schemas import Count, Day, In, Out, Page, zh

SUBJECT = "First part of the parameter's key: a programme, a category of fee, a type."


class StandardReviewNew(In):
    """A standard was reviewed and stays as it is; a change is made by a scenario."""

    name: Annotated[ParameterName, zh("参数")]
    subject: Annotated[str, zh("对象", SUBJECT, pattern=r"^[a-z0-9_*]+$", max_length=60)]
    reviewed_on: Annotated[Day, zh("复核日期")]
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    reason: Annotated[str, zh("理由", min_length=1, max_length=2000)]


class StandardReviewDecision(In):
    approve: Annotated[bool, zh("同意")]


class StandardReviewOut(Out):
    """What was decided about a standard."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[ParameterName, zh("参数")]
    subject: Annotated[str, zh("对象")]
    reviewed_on: Annotated[date, zh("复核日期")]
    outcome: Annotated[StandardReviewOutcome, zh("结论")]
    scenario: Annotated[UUID | None, zh("测算方案")]
    document: Annotated[str, zh("文号")]
    reason: Annotated[str, zh("理由")]
    state: Annotated[StandardReviewState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class StandardReviewPage(Out):
    items: Annotated[list[StandardReviewOut], zh("标准复核")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StandardReviewQuery(Page):
    name: Annotated[ParameterName | None, zh("参数")] = None
    subject: Annotated[str | None, zh("对象", max_length=60)] = None
    outcome: Annotated[StandardReviewOutcome | None, zh("结论")] = None
    state: Annotated[StandardReviewState | None, zh("状态")] = None
    sort: Annotated[Literal["-reviewed_on", "reviewed_on"], zh("排序")] = "-reviewed_on"


class DueReviewOut(Out):
    """复核日历: when a standard's turn comes."""

    name: Annotated[ParameterName, zh("参数")]
    subject: Annotated[str, zh("对象")]
    set_on: Annotated[date, zh("现行标准起始日期")]
    reviewed_on: Annotated[date | None, zh("最近复核日期")]
    years: Annotated[Count | None, zh("复核周期(年)", "Empty while no interval is in force.")]
    due_on: Annotated[date | None, zh("应复核日期")]
    overdue: Annotated[bool, zh("已逾期")]
    document: Annotated[str | None, zh("周期文号")]


class DueReviewPage(Out):
    items: Annotated[list[DueReviewOut], zh("复核日历")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DueReviewQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Today when left out.")] = None
    overdue: Annotated[bool | None, zh("已逾期")] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"


class TriggerOut(Out):
    """触发指标 of a year beside the one before, for a type of kindergarten or a place."""

    indicator: Annotated[ReviewIndicator, zh("指标")]
    subject: Annotated[str, zh("对象", "Type of kindergarten, or division.")]
    former: Annotated[str | None, zh("上年值")]
    current: Annotated[str | None, zh("当年值")]
    measure: Annotated[str | None, zh("比较值", "Relative change, or the share itself; four places.")]
    threshold: Annotated[str | None, zh("触发值", "Empty while none is in force.")]
    document: Annotated[str | None, zh("触发值文号")]
    triggered: Annotated[bool, zh("触发")]


class TriggerPage(Out):
    items: Annotated[list[TriggerOut], zh("触发指标")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TriggerQuery(Page):
    year: Annotated[int, zh("年度", ge=2001, le=2100)]
    triggered: Annotated[bool | None, zh("触发")] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"

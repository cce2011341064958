from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from services.quality.supervision_visits.codes import IssueState, VisitMethod, VisitTopic
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]


class SupervisionIssueIn(In):
    topic: Annotated[VisitTopic, zh("类别")]
    text: Annotated[str, zh("问题", min_length=1, max_length=1000)]
    due_on: Annotated[Day, zh("整改期限")]


class SupervisionVisitNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    on: Annotated[Day, zh("到园日期")]
    minutes: Annotated[int, zh("时长(分钟)", ge=1, le=900)]
    topics: Annotated[list[VisitTopic], zh("督导内容", min_length=1, max_length=7)]
    methods: Annotated[list[VisitMethod], zh("督导方式", min_length=1, max_length=4)]
    summary: Annotated[str, zh("情况", min_length=1, max_length=4000)]
    told_to: Annotated[str, zh("反馈对象", min_length=1, max_length=100)]
    danger: Annotated[bool, zh("发现危险", "Handled at once and reported (督导条例 art. 15).")] = False
    danger_measures: Annotated[str, zh("现场处置", max_length=1000)] = ""
    reported_upward: Annotated[bool, zh("已上报")] = False
    issues: Annotated[list[SupervisionIssueIn], zh("问题", max_length=30)] = Field(default=[])


class SupervisionNote(In):
    note: Note


class SupervisionIssueOut(Out):
    id: Annotated[UUID, zh("编号")]
    visit: Annotated[UUID, zh("督导记录")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    state: Annotated[IssueState, zh("状态")]
    topic: Annotated[VisitTopic, zh("类别")]
    text: Annotated[str, zh("问题")]
    due_on: Annotated[date, zh("整改期限")]
    overdue: Annotated[bool, zh("逾期", "QUA-04: to be looked at for a penalty.")]
    answer: Annotated[str | None, zh("整改反馈")]
    answered_on: Annotated[date | None, zh("反馈日期")]
    rechecked_on: Annotated[date | None, zh("复查日期")]


class SupervisionIssueDetail(SupervisionIssueOut):
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class SupervisionIssuePage(Out):
    items: Annotated[list[SupervisionIssueOut], zh("问题")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SupervisionIssueQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[IssueState | None, zh("状态")] = None
    overdue: Annotated[bool | None, zh("逾期")] = None
    sort: Annotated[Literal["due_on", "-due_on"], zh("排序")] = "due_on"


class SupervisionVisitOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    inspector: Annotated[str, zh("责任督学账号")]
    on: Annotated[date, zh("到园日期")]
    minutes: Annotated[Count, zh("时长(分钟)")]
    topics: Annotated[list[VisitTopic], zh("督导内容")]
    methods: Annotated[list[VisitMethod], zh("督导方式")]
    summary: Annotated[str, zh("情况")]
    told_to: Annotated[str, zh("反馈对象")]
    danger: Annotated[bool, zh("发现危险")]
    danger_measures: Annotated[str, zh("现场处置")]
    reported_upward: Annotated[bool, zh("已上报")]
    issues: Annotated[Count, zh("问题数")]


class SupervisionVisitPage(Out):
    items: Annotated[list[SupervisionVisitOut], zh("督导记录")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SupervisionVisitQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    inspector: Annotated[str | None, zh("责任督学账号", max_length=100)] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"


class SupervisionCoverage(Out):
    """One kindergarten in one month (QUA-01: at least one visit)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    inspector: Annotated[str | None, zh("责任督学", "Null: nobody is assigned.")]
    visits: Annotated[Count, zh("到园次数")]
    missing: Annotated[bool, zh("未达到")]


class SupervisionCoveragePage(Out):
    items: Annotated[list[SupervisionCoverage], zh("月度到园情况")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SupervisionCoverageQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    missing: Annotated[bool | None, zh("未达到")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"

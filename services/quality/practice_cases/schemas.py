from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.offers import QualityOffer
from services.quality.practice_cases.codes import PracticeCaseState, PracticeTopic, SeminarState
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh


class PracticeCaseNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    topic: Annotated[PracticeTopic, zh("主题")]
    title: Annotated[str, zh("标题", min_length=1, max_length=200)]
    content: Annotated[str, zh("内容", "No child is named or scored.", min_length=1, max_length=4000)]


class PracticeNote(In):
    note: Annotated[str, zh("意见", min_length=1, max_length=1000)]


class PracticeCaseRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    topic: Annotated[PracticeTopic, zh("主题")]
    title: Annotated[str, zh("标题")]
    state: Annotated[PracticeCaseState, zh("状态")]
    submitted_on: Annotated[date, zh("提交日期")]


class PracticeCaseOut(PracticeCaseRow):
    content: Annotated[str, zh("内容")]
    submitted_by: Annotated[str, zh("提交人")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class PracticeCasePage(Out):
    items: Annotated[list[PracticeCaseRow], zh("案例")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PracticeCaseQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    topic: Annotated[PracticeTopic | None, zh("主题")] = None
    state: Annotated[PracticeCaseState | None, zh("状态")] = None
    sort: Annotated[Literal["-submitted_on", "submitted_on"], zh("排序")] = "-submitted_on"


class SeminarNew(In):
    topic: Annotated[PracticeTopic, zh("主题")]
    title: Annotated[str, zh("标题", min_length=1, max_length=200)]
    on: Annotated[Day, zh("日期")]
    place: Annotated[str, zh("地点", min_length=1, max_length=200)]
    cases: Annotated[list[UUID], zh("交流案例", "Cases of the library.", max_length=30)] = Field(default=[])


class SeminarAttendance(In):
    kindergartens: Annotated[int, zh("参加园所数", ge=1, le=1000)]
    participants: Annotated[int, zh("参加人数", ge=1, le=5000)]
    summary: Annotated[str, zh("情况", min_length=1, max_length=4000)]


class SeminarOut(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    topic: Annotated[PracticeTopic, zh("主题")]
    title: Annotated[str, zh("标题")]
    on: Annotated[date, zh("日期")]
    place: Annotated[str, zh("地点")]
    cases: Annotated[list[UUID], zh("交流案例")]
    state: Annotated[SeminarState, zh("状态")]
    kindergartens: Annotated[Count, zh("参加园所数")]
    participants: Annotated[Count, zh("参加人数")]
    summary: Annotated[str, zh("情况")]


class SeminarDetail(SeminarOut):
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class SeminarPage(Out):
    items: Annotated[list[SeminarOut], zh("研讨")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SeminarQuery(Page):
    topic: Annotated[PracticeTopic | None, zh("主题")] = None
    state: Annotated[SeminarState | None, zh("状态")] = None
    since: Annotated[Day | None, zh("起始日期")] = None
    until: Annotated[Day | None, zh("截止日期", "Not including this day.")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"

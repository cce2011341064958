from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.research_zones.codes import ResearchLevel
from shared.schemas import Count, Day, In, Out, Page, zh


class AttendanceIn(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    teachers: Annotated[int, zh("参加教师数", ge=1, le=500)]


class ResearchActivityNew(In):
    level: Annotated[ResearchLevel, zh("层级")]
    zone: Annotated[UUID | None, zh("片区", "Of a zone's activity.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Of a kindergarten's own activity.")] = None
    on: Annotated[Day, zh("日期")]
    topic: Annotated[str, zh("主题", min_length=1, max_length=200)]
    summary: Annotated[str, zh("情况", min_length=1, max_length=4000)]
    guided_by: Annotated[str, zh("指导人", "Researcher present; empty: none.", max_length=100)] = ""
    plan: Annotated[UUID | None, zh("计划", "The plan it belongs to, of the same place.")] = None
    attendances: Annotated[list[AttendanceIn], zh("参加园所", min_length=1, max_length=300)]


class AttendanceOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    teachers: Annotated[Count, zh("参加教师数")]


class ResearchActivityOut(Out):
    id: Annotated[UUID, zh("编号")]
    level: Annotated[ResearchLevel, zh("层级")]
    zone: Annotated[UUID | None, zh("片区")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    on: Annotated[date, zh("日期")]
    topic: Annotated[str, zh("主题")]
    summary: Annotated[str, zh("情况")]
    guided_by: Annotated[str, zh("指导人")]
    plan: Annotated[UUID | None, zh("计划")]
    attendances: Annotated[list[AttendanceOut], zh("参加园所", "Those in the reader's scope.")]


class ResearchActivityPage(Out):
    items: Annotated[list[ResearchActivityOut], zh("教研活动")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ResearchActivityQuery(Page):
    level: Annotated[ResearchLevel | None, zh("层级")] = None
    zone: Annotated[UUID | None, zh("片区")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Its own activities.")] = None
    plan: Annotated[UUID | None, zh("计划")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"


class TeacherQuestionNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    question: Annotated[str, zh("问题", min_length=5, max_length=2000)]


class TeacherAnswer(In):
    answer: Annotated[str, zh("答复", min_length=1, max_length=4000)]
    shared: Annotated[bool, zh("收入知识库")] = False
    keywords: Annotated[list[Annotated[str, Field(min_length=1, max_length=30)]], zh("关键词", max_length=10)] = Field(
        default=[]
    )


class TeacherQuestionOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    question: Annotated[str, zh("问题")]
    asked_on: Annotated[date, zh("提问日期")]
    due_on: Annotated[date, zh("答复期限")]
    overdue: Annotated[bool, zh("逾期")]
    answer: Annotated[str | None, zh("答复")]
    answered_on: Annotated[date | None, zh("答复日期")]
    shared: Annotated[bool, zh("收入知识库")]
    keywords: Annotated[list[str], zh("关键词")]


class TeacherQuestionPage(Out):
    items: Annotated[list[TeacherQuestionOut], zh("教师提问")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TeacherQuestionQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    answered: Annotated[bool | None, zh("已答复")] = None
    overdue: Annotated[bool | None, zh("逾期")] = None
    sort: Annotated[Literal["-asked_on", "asked_on"], zh("排序")] = "-asked_on"


class Knowledge(Out):
    """A question and its answer, without who asked and where."""

    id: Annotated[UUID, zh("编号")]
    question: Annotated[str, zh("问题")]
    answer: Annotated[str, zh("答复")]
    keywords: Annotated[list[str], zh("关键词")]
    answered_on: Annotated[date, zh("答复日期")]


class AnswerTimes(Out):
    """How fast teachers' questions of the last twelve months were answered."""

    asked: Annotated[Count, zh("提问数")]
    answered: Annotated[Count, zh("已答复")]
    in_time: Annotated[Count, zh("按期答复")]
    overdue: Annotated[Count, zh("逾期未答复")]
    median_days: Annotated[float | None, zh("答复天数中位数")]
    longest_days: Annotated[int | None, zh("最长答复天数")]


class KnowledgeQuery(In):
    keyword: Annotated[str | None, zh("关键词", max_length=30)] = None

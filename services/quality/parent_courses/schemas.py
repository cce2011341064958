from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.offers import QualityOffer
from services.quality.parent_courses.codes import AgeStage, ParentSessionState, ParentTopic
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh


class ParentCourseNew(In):
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Null: a course of the district, for every kindergarten.")] = None
    stage: Annotated[AgeStage, zh("年龄段", "The stage it prepares for.")]
    topic: Annotated[ParentTopic, zh("主题")]
    title: Annotated[str, zh("课程名称", min_length=1, max_length=200)]
    outline: Annotated[str, zh("内容提要", min_length=1, max_length=4000)]
    needed_month: Annotated[
        int, zh("需要月份", "The calendar month of the stage's school year in which it begins to matter.", ge=1, le=12)
    ] = 9
    since: Annotated[Day, zh("启用日期")]


class ParentCourseEnd(In):
    on: Annotated[Day, zh("停用日期", "The first day on which it is no longer in the catalogue.")]


class ParentCourseOut(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    stage: Annotated[AgeStage, zh("年龄段")]
    topic: Annotated[ParentTopic, zh("主题")]
    title: Annotated[str, zh("课程名称")]
    outline: Annotated[str, zh("内容提要")]
    needed_month: Annotated[int, zh("需要月份")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期")]


class ParentCoursePage(Out):
    items: Annotated[list[ParentCourseOut], zh("家长课程")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ParentCourseQuery(Page):
    stage: Annotated[AgeStage | None, zh("年龄段")] = None
    topic: Annotated[ParentTopic | None, zh("主题")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Its own courses.")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only courses in the catalogue on this day.")] = None
    sort: Annotated[Literal["title", "-title"], zh("排序")] = "title"


class ParentSessionNew(In):
    course: Annotated[UUID, zh("课程")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    class_id: Annotated[UUID | None, zh("班级", "Null: the families of the whole stage.")] = None
    school_year: Annotated[
        int,
        zh("学年", "In which the children are in that stage, not that of the session.", ge=2020, le=2100),
    ]
    on: Annotated[Day, zh("日期")]
    place: Annotated[str, zh("地点或平台", min_length=1, max_length=200)]
    invited: Annotated[int, zh("邀请家庭数", ge=1, le=2000)]


class ParentSessionEnrolment(In):
    enrolled: Annotated[int, zh("报名家庭数", ge=0, le=2000)]


class ParentSessionAttendance(In):
    attended: Annotated[int, zh("到场家庭数", ge=0, le=2000)]


class ParentSessionFeedback(In):
    answers: Annotated[int, zh("反馈家庭数", ge=0, le=2000)]
    satisfied: Annotated[int, zh("满意家庭数", ge=0, le=2000)]
    comments: Annotated[str, zh("意见建议", "Of the course; nobody is named.", max_length=4000)] = ""


class ParentSessionNote(In):
    note: Annotated[str, zh("原因", min_length=1, max_length=500)]


class ParentSessionRow(Out):
    id: Annotated[UUID, zh("编号")]
    course: Annotated[UUID, zh("课程")]
    title: Annotated[str, zh("课程名称")]
    topic: Annotated[ParentTopic, zh("主题")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    class_id: Annotated[UUID | None, zh("班级")]
    stage: Annotated[AgeStage, zh("年龄段")]
    school_year: Annotated[int, zh("学年")]
    on: Annotated[date, zh("日期")]
    place: Annotated[str, zh("地点或平台")]
    ahead: Annotated[bool, zh("超前于需要", "Before the first day of the month it is needed in.")]
    state: Annotated[ParentSessionState, zh("状态")]
    invited: Annotated[Count, zh("邀请家庭数")]
    enrolled: Annotated[Count, zh("报名家庭数")]
    attended: Annotated[Count, zh("到场家庭数")]
    attendance_percent: Annotated[str | None, zh("到场率(%)", "Of those invited; null before it was held.")]
    answers: Annotated[Count, zh("反馈家庭数")]
    satisfied: Annotated[Count, zh("满意家庭数")]


class ParentSessionOut(ParentSessionRow):
    comments: Annotated[str, zh("意见建议")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class ParentSessionPage(Out):
    items: Annotated[list[ParentSessionRow], zh("课程安排")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ParentSessionQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    course: Annotated[UUID | None, zh("课程")] = None
    stage: Annotated[AgeStage | None, zh("年龄段")] = None
    school_year: Annotated[int | None, zh("学年", ge=2020, le=2100)] = None
    state: Annotated[ParentSessionState | None, zh("状态")] = None
    ahead: Annotated[bool | None, zh("超前于需要")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"

from typing import Annotated, Literal
from uuid import UUID

from services.quality.parent_courses.codes import AgeStage
from shared.schemas import Count, Day, In, Out, Page, zh


class FamilyCoverageRow(Out):
    """How far the courses for parents of one stage of a kindergarten have come in a school year."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    stage: Annotated[AgeStage, zh("年龄段", "Stages of which it has a class on the day.")]
    courses: Annotated[Count, zh("应开课程数", "In the catalogue on the day: the district's and its own.")]
    held_ahead: Annotated[Count, zh("超前开展课程数")]
    held_late: Annotated[Count, zh("仅逾期开展课程数", "Held, but only after the need began.")]
    attendance_percent: Annotated[str | None, zh("到场率(%)", "Of families invited to sessions held.")]
    covered: Annotated[bool, zh("已覆盖", "There are courses, and every one was held ahead of need.")]


class FamilyCoveragePage(Out):
    items: Annotated[list[FamilyCoverageRow], zh("覆盖")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FamilyCoverageQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Its school year is the year reported.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    stage: Annotated[AgeStage | None, zh("年龄段")] = None
    covered: Annotated[bool | None, zh("已覆盖")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class FamilyFigureQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Its school year is the year reported.")] = None


class FamilyFigures(Out):
    school_year: Annotated[int, zh("学年")]
    stages: Annotated[Count, zh("园所年龄段数", "Kindergarten and stage, counted once each.")]
    stages_covered: Annotated[Count, zh("已覆盖年龄段数")]
    stages_percent: Annotated[str | None, zh("覆盖率(%)")]
    attendance_percent: Annotated[str | None, zh("到场率(%)")]
    kindergartens: Annotated[Count, zh("在办幼儿园数")]
    with_committee: Annotated[Count, zh("家委会在任幼儿园数")]
    committee_percent: Annotated[str | None, zh("家委会覆盖率(%)")]
    community_activities: Annotated[Count, zh("本学年社区协同活动次数")]
    with_community: Annotated[Count, zh("开展社区协同的幼儿园数")]
    guidance_sent: Annotated[Count, zh("本学年准备指导发送家庭数")]
    guidance_confirmed: Annotated[Count, zh("已确认家庭数")]

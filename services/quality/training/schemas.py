from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.quality.talents.codes import LadderStage
from services.quality.training.codes import TrainingLevel, TrainingPost, TrainingTopic
from shared.schemas import Count, Day, In, Out, Page, zh

Hours = Annotated[
    Decimal,
    Field(max_digits=5, decimal_places=1),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d{1,4}(\.\d)?$"}),
]


class TrainingNew(In):
    stages: Annotated[list[LadderStage], zh("面向阶梯", "Empty: every step of the ladder.", max_length=5)] = Field(
        default=[]
    )
    level: Annotated[TrainingLevel, zh("层级")]
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Of a kindergarten's own training.")] = None
    topic: Annotated[TrainingTopic, zh("主题")]
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    provider: Annotated[str, zh("培训机构", min_length=1, max_length=200)]
    posts: Annotated[list[TrainingPost], zh("面向岗位", min_length=1, max_length=7)]
    on: Annotated[Day, zh("日期")]
    hours: Annotated[Hours, zh("学时", gt=0, le=200)]
    places: Annotated[int, zh("名额", ge=1, le=5000)]


class TrainingEnrolment(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    post: Annotated[TrainingPost, zh("岗位")]


class TrainingAttendance(In):
    attended: Annotated[bool, zh("是否参加")]


class TrainingRating(In):
    rating: Annotated[int, zh("评价", "Of the training, 1 to 5.", ge=1, le=5)]


class TrainingOut(Out):
    id: Annotated[UUID, zh("编号")]
    level: Annotated[TrainingLevel, zh("层级")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    topic: Annotated[TrainingTopic, zh("主题")]
    title: Annotated[str, zh("名称")]
    provider: Annotated[str, zh("培训机构")]
    posts: Annotated[list[TrainingPost], zh("面向岗位")]
    stages: Annotated[list[LadderStage], zh("面向阶梯")]
    on: Annotated[date, zh("日期")]
    hours: Annotated[Hours, zh("学时")]
    places: Annotated[Count, zh("名额")]
    taken: Annotated[Count, zh("已报名")]
    attended: Annotated[Count, zh("实到")]
    rated: Annotated[Count, zh("评价人数")]
    rating: Annotated[float | None, zh("平均评价", "1 to 5; null: nobody rated it.")]


class TrainingPage(Out):
    items: Annotated[list[TrainingOut], zh("培训")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TrainingQuery(Page):
    level: Annotated[TrainingLevel | None, zh("层级")] = None
    topic: Annotated[TrainingTopic | None, zh("主题")] = None
    stage: Annotated[LadderStage | None, zh("面向阶梯")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"


class TrainingPlaceOut(Out):
    session: Annotated[UUID, zh("培训")]
    staff: Annotated[UUID, zh("教职工")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    post: Annotated[TrainingPost, zh("岗位")]
    attended: Annotated[bool | None, zh("是否参加")]
    hours: Annotated[Hours, zh("所得学时")]
    rating: Annotated[int | None, zh("评价")]
    certificate: Annotated[str | None, zh("证书编号")]


class TrainingHours(Out):
    """Hours of one member of staff in the cycle, by topic and level, against the pace (QUA-07).

    Who began within the cycle is measured from the day of the post.
    """

    staff: Annotated[UUID, zh("教职工")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    hours: Annotated[Hours, zh("周期内学时")]
    pace: Annotated[Hours, zh("应达学时")]
    behind: Annotated[bool, zh("落后于进度")]
    by_topic: Annotated[dict[str, Hours], zh("按主题学时")]
    by_level: Annotated[dict[str, Hours], zh("按层级学时", "市、区、园.")]
    short_topics: Annotated[list[TrainingTopic], zh("未满学时的必修主题", "Of the cycle; GET /training-topics.")]


class TrainingHoursPage(Out):
    items: Annotated[list[TrainingHours], zh("学时")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TrainingHoursQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    behind: Annotated[bool | None, zh("落后于进度")] = None
    short: Annotated[bool | None, zh("必修主题未满")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None
    sort: Annotated[Literal["hours", "-hours"], zh("排序")] = "hours"


class TrainingCoverage(Out):
    """全员培训: of the staff at work in a post, how many were at a training this year."""

    role: Annotated[str, zh("岗位", "As registry names posts.")]
    staff: Annotated[Count, zh("在岗人数")]
    trained: Annotated[Count, zh("本年度已培训人数")]
    percent: Annotated[str, zh("覆盖率(%)")]
    hours: Annotated[Hours, zh("本年度人均学时")]


class TrainingCoverageQuery(In):
    year: Annotated[int | None, zh("年度", "This year when left out.", ge=2000, le=2100)] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None


class MandatoryTopic(Out):
    """A topic everyone is trained in: how many hours of the cycle at least, and who says so."""

    topic: Annotated[TrainingTopic, zh("主题")]
    hours: Annotated[Count, zh("周期内至少学时")]
    basis: Annotated[str, zh("依据")]
    tag: Annotated[Literal["verified", "known", "uncertain", "illustrative"], zh("可信度")]


class CertificateCheck(Out):
    """What a certificate says, for whoever holds its number; whose it is, it does not say."""

    valid: Annotated[bool, zh("有效")]
    title: Annotated[str | None, zh("培训名称")]
    on: Annotated[date | None, zh("日期")]
    hours: Annotated[Hours | None, zh("学时")]

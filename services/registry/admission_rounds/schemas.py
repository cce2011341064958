from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from services.registry.admissions.codes import RoundState, SeatKind
from services.registry.changes import Change
from services.registry.children.schemas import DIVISION
from services.registry.kindergartens.codes import Type as KindergartenType
from services.registry.offers import RegistryOffer
from shared.schemas import Count, Day, In, Out, Page, zh

Name = Annotated[str, Field(min_length=2, max_length=100)]
AnswerDays = Annotated[int, Field(ge=1, le=60)]
DivisionCode = Annotated[str, Field(pattern=DIVISION)]
OPENS, CLOSES = zh("报名开始日期"), zh("报名截止日期", "The last day on which applications are taken.")
ANSWER_DAYS = zh("确认期限(工作日)", "Working days after the day of the offer.")


class AdmissionRoundRow(Out):
    """An intake round 招生轮次 of a school year."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划", "Kindergartens of this division and all below it take part.")]
    school_year: Annotated[Count, zh("学年", "The calendar year it starts in.")]
    stage: Annotated[Count, zh("轮次", "1 is the first round of the year, 2 a supplementary one.")]
    name: Annotated[str, zh("名称")]
    opens_on: Annotated[date, OPENS]
    closes_on: Annotated[date, CLOSES]
    answer_days: Annotated[Count, ANSWER_DAYS]
    priorities: Annotated[str, zh("排序规则版本", "See /admission-priorities.")]
    state: Annotated[RoundState, zh("状态")]
    seed_commitment: Annotated[str | None, zh("随机种子承诺", "SHA-256 of the seed, published when the round opens.")]
    inputs_hash: Annotated[str | None, zh("输入摘要", "SHA-256 of the published inputs, from the day it closes.")]
    seed: Annotated[str | None, zh("随机种子", "Revealed with the allocation.")]
    result_hash: Annotated[str | None, zh("结果摘要", "SHA-256 of the published result.")]
    seats: Annotated[Count, zh("招生学位数")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class AdmissionRoundOut(AdmissionRoundRow):
    """A round, with what the caller may do with it now."""

    actions: Annotated[list[RegistryOffer], zh("可做的操作")]


class AdmissionRoundPage(Out):
    items: Annotated[list[AdmissionRoundRow], zh("招生轮次")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AdmissionRoundQuery(Page):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    school_year: Annotated[int | None, zh("学年", ge=1990, le=2100)] = None
    state: Annotated[RoundState | None, zh("状态")] = None
    sort: Annotated[Literal["-opens_on", "opens_on"], zh("排序")] = "-opens_on"


class AdmissionRoundNew(In):
    """A round to plan. Nobody sees it before it is opened."""

    division: Annotated[DivisionCode, zh("区划")]
    school_year: Annotated[int, zh("学年", "The calendar year it starts in.", ge=2020, le=2099)]
    stage: Annotated[int, zh("轮次", ge=1, le=20)] = 1
    name: Annotated[Name, zh("名称")]
    opens_on: Annotated[Day, OPENS]
    closes_on: Annotated[Day, CLOSES]
    answer_days: Annotated[AnswerDays, ANSWER_DAYS]
    synthetic: Annotated[bool, zh("演示数据")] = False


class AdmissionRoundChange(Change):
    """What to change of a round that is still being prepared."""

    name: Annotated[Name | SkipJsonSchema[None], zh("名称")] = None
    opens_on: Annotated[Day | SkipJsonSchema[None], OPENS] = None
    closes_on: Annotated[Day | SkipJsonSchema[None], CLOSES] = None
    answer_days: Annotated[AnswerDays | SkipJsonSchema[None], ANSWER_DAYS] = None


class AdmissionSeatsIn(In):
    """Seats of one kind of class, and the divisions whose children come first there 服务片区."""

    seats: Annotated[int, zh("招生学位数", ge=0, le=10_000)]
    catchment: Annotated[
        list[DivisionCode],
        zh("服务片区", "Towns or villages; each covers all below it.", max_length=400, default_factory=list),
    ]


class AdmissionSeatsRow(Out):
    """What a kindergarten offers in a round. Applications wish for it by its id."""

    id: Annotated[UUID, zh("编号")]
    round: Annotated[UUID, zh("招生轮次")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    type: Annotated[KindergartenType | None, zh("办园性质", "On the first day of the school year.")]
    latitude: Annotated[float | None, zh("纬度")]
    longitude: Annotated[float | None, zh("经度")]
    kind: Annotated[SeatKind, zh("班级类型")]
    seats: Annotated[Count, zh("招生学位数")]
    catchment: Annotated[list[str], zh("服务片区")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class AdmissionSeatsPage(Out):
    items: Annotated[list[AdmissionSeatsRow], zh("招生学位")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AdmissionSeatsQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    kind: Annotated[SeatKind | None, zh("班级类型")] = None
    sort: Annotated[Literal["division", "-division"], zh("排序")] = "division"


class AdmissionFreeSeats(Out):
    """What the classes of the school year have room for, by kindergarten and kind."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    kind: Annotated[SeatKind, zh("班级类型")]
    standard: Annotated[Count, zh("班额合计", "Of the classes of this kind in the school year.")]
    staying: Annotated[Count, zh("留园人数", "Enrolled there already, or moving up with their class.")]
    free: Annotated[Count, zh("可招人数")]
    licensed: Annotated[Count, zh("核定学位数", "Of the whole kindergarten; 0: not recorded.")]
    staying_in_all: Annotated[Count, zh("全园留园人数")]
    set: Annotated[Count | None, zh("已设定学位数")]


class AdmissionFreeSeatsList(Out):
    items: Annotated[list[AdmissionFreeSeats], zh("可招学位")]


class AdmissionPriorityCriterion(Out):
    """What guardians may declare."""

    code: Annotated[str, zh("代码")]
    label_zh: Annotated[str, zh("中文名称")]
    label_en: Annotated[str, zh("英文名称")]
    document: Annotated[str, zh("依据")]
    article: Annotated[str, zh("条款")]
    tag: Annotated[Literal["verified", "known", "uncertain", "illustrative"], zh("可靠程度")]
    proof_zh: Annotated[str, zh("证明材料")]
    types: Annotated[list[str], zh("适用办园性质")]
    here_only: Annotated[bool, zh("仅对所指幼儿园有效", "It counts at the kindergarten it names.")]


class AdmissionPriorityStep(Out):
    """One comparison; a later one decides between those whom the ones before it leave level."""

    code: Annotated[str, zh("代码")]
    label_zh: Annotated[str, zh("中文名称")]
    kind: Annotated[Literal["declared", "catchment", "distance"], zh("比较方式")]
    criteria: Annotated[list[str], zh("所计声明")]
    metres: Annotated[list[int], zh("距离分段(米)", "Upper ends, nearest first.")]


class AdmissionPriorityVersion(Out):
    """Priorities of admission, in force from one day until another."""

    version: Annotated[str, zh("版本")]
    document: Annotated[str, zh("依据")]
    tag: Annotated[Literal["verified", "known", "uncertain", "illustrative"], zh("可靠程度")]
    since: Annotated[date, zh("施行日期")]
    until: Annotated[date | None, zh("废止日期")]
    steps: Annotated[list[AdmissionPriorityStep], zh("比较顺序")]
    criteria: Annotated[list[AdmissionPriorityCriterion], zh("声明事项")]

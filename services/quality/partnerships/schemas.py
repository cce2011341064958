from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import WithJsonSchema

from services.quality.evaluations.codes import EvaluationGrade
from services.quality.offers import QualityOffer
from services.quality.partnerships.codes import (
    ExchangeDirection,
    ExchangeKind,
    PartnerKind,
    PartnershipForm,
    PartnershipKind,
    PartnershipState,
)
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh

Points = Annotated[Decimal, WithJsonSchema({"type": "string", "format": "decimal"})]


class PartnershipNew(In):
    """`partner` names a kindergarten of the district, `partner_name` whoever else."""

    kindergarten: Annotated[UUID, zh("受帮扶幼儿园")]
    kind: Annotated[PartnershipKind, zh("形式")]
    partner_kind: Annotated[PartnerKind, zh("帮扶方类别")]
    partner: Annotated[UUID | None, zh("帮扶幼儿园", "Of the district.")] = None
    partner_name: Annotated[
        str, zh("帮扶方名称", "Of whoever is not a kindergarten of the district.", max_length=200)
    ] = ""
    since: Annotated[Day, zh("开始日期")]
    until: Annotated[Day, zh("结束日期", "The first day after it.")]
    agreement: Annotated[str, zh("协议", min_length=1, max_length=500)]
    goals: Annotated[str, zh("目标", min_length=1, max_length=4000)]


class PartnershipNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class PartnershipRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("受帮扶幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    kind: Annotated[PartnershipKind, zh("形式")]
    partner_kind: Annotated[PartnerKind, zh("帮扶方类别")]
    partner: Annotated[UUID | None, zh("帮扶幼儿园")]
    partner_name: Annotated[str, zh("帮扶方名称")]
    since: Annotated[date, zh("开始日期")]
    until: Annotated[date, zh("结束日期")]
    state: Annotated[PartnershipState, zh("状态")]
    review_due_on: Annotated[date, zh("下次评议期限")]
    overdue: Annotated[bool, zh("评议逾期")]
    ended_on: Annotated[date | None, zh("终止日期")]
    activities: Annotated[Count, zh("活动次数")]
    exchanges: Annotated[Count, zh("交流人次")]


class PartnershipOut(PartnershipRow):
    agreement: Annotated[str, zh("协议")]
    goals: Annotated[str, zh("目标")]
    reviewed_on: Annotated[date | None, zh("最近评议日期")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class PartnershipPage(Out):
    items: Annotated[list[PartnershipRow], zh("结对帮扶")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PartnershipQuery(Page):
    kindergarten: Annotated[UUID | None, zh("受帮扶幼儿园")] = None
    partner: Annotated[UUID | None, zh("帮扶幼儿园")] = None
    kind: Annotated[PartnershipKind | None, zh("形式")] = None
    partner_kind: Annotated[PartnerKind | None, zh("帮扶方类别")] = None
    in_force_on: Annotated[Day | None, zh("生效于", "Only partnerships in force on this day.")] = None
    overdue: Annotated[bool | None, zh("评议逾期")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class EffectPoint(Out):
    """An evaluation as it was published."""

    evaluation: Annotated[UUID, zh("评估")]
    framework: Annotated[str, zh("评估标准")]
    edition: Annotated[str, zh("版本")]
    published_on: Annotated[date, zh("公布日期")]
    grade: Annotated[EvaluationGrade | None, zh("等级")]
    points: Annotated[Points | None, zh("总分")]
    parts: Annotated[dict[str, Points], zh("各部分得分")]


class EffectQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Only evaluations published by this day.")] = None


class PartnershipEffect(Out):
    """Before and after side by side. It says what changed, not why: nothing here claims a cause."""

    partnership: Annotated[UUID, zh("结对")]
    kindergarten: Annotated[UUID, zh("受帮扶幼儿园")]
    since: Annotated[date, zh("开始日期")]
    as_of: Annotated[date, zh("截至日期")]
    before: Annotated[EffectPoint | None, zh("帮扶前", "The last evaluation published before it began.")]
    after: Annotated[EffectPoint | None, zh("帮扶后", "The last one published since it began.")]
    comparable: Annotated[bool, zh("可比", "Both are there and by the same edition of the framework.")]
    difference: Annotated[Points | None, zh("总分差", "After less before; null where they do not compare.")]
    statement_zh: Annotated[str, zh("说明")]


class PartnershipActivityNew(In):
    partnership: Annotated[UUID, zh("结对")]
    on: Annotated[Day, zh("日期")]
    form: Annotated[PartnershipForm, zh("形式")]
    topic: Annotated[str, zh("主题", min_length=1, max_length=200)]
    summary: Annotated[str, zh("情况", min_length=1, max_length=4000)]
    participants: Annotated[int, zh("参加人数", ge=1, le=5000)]


class PartnershipActivityOut(Out):
    id: Annotated[UUID, zh("编号")]
    partnership: Annotated[UUID, zh("结对")]
    kindergarten: Annotated[UUID, zh("受帮扶幼儿园")]
    on: Annotated[date, zh("日期")]
    form: Annotated[PartnershipForm, zh("形式")]
    topic: Annotated[str, zh("主题")]
    summary: Annotated[str, zh("情况")]
    participants: Annotated[Count, zh("参加人数")]


class PartnershipActivityPage(Out):
    items: Annotated[list[PartnershipActivityOut], zh("帮扶活动")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PartnershipActivityQuery(Page):
    partnership: Annotated[UUID | None, zh("结对")] = None
    kindergarten: Annotated[UUID | None, zh("受帮扶幼儿园")] = None
    form: Annotated[PartnershipForm | None, zh("形式")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"


class StaffExchangeNew(In):
    partnership: Annotated[UUID, zh("结对")]
    person: Annotated[UUID, zh("教职工", "Registry's id.")]
    kind: Annotated[ExchangeKind, zh("形式")]
    direction: Annotated[ExchangeDirection, zh("方向")]
    since: Annotated[Day, zh("开始日期")]
    until: Annotated[Day, zh("结束日期", "The first day after it.")]
    task: Annotated[str, zh("任务", min_length=1, max_length=1000)]


class StaffExchangeReport(In):
    outcome: Annotated[str, zh("成效", min_length=1, max_length=2000)]


class StaffExchangeOut(Out):
    id: Annotated[UUID, zh("编号")]
    partnership: Annotated[UUID, zh("结对")]
    kindergarten: Annotated[UUID, zh("受帮扶幼儿园")]
    person: Annotated[UUID, zh("教职工")]
    kind: Annotated[ExchangeKind, zh("形式")]
    direction: Annotated[ExchangeDirection, zh("方向")]
    since: Annotated[date, zh("开始日期")]
    until: Annotated[date, zh("结束日期")]
    task: Annotated[str, zh("任务")]
    outcome: Annotated[str | None, zh("成效")]
    reported_on: Annotated[date | None, zh("报告日期")]


class StaffExchangePage(Out):
    items: Annotated[list[StaffExchangeOut], zh("人员交流")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StaffExchangeQuery(Page):
    partnership: Annotated[UUID | None, zh("结对")] = None
    kindergarten: Annotated[UUID | None, zh("受帮扶幼儿园")] = None
    person: Annotated[UUID | None, zh("教职工")] = None
    away_on: Annotated[Day | None, zh("交流于", "Only exchanges this day lies in.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

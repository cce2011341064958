from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.talents.codes import LadderStage, TalentLevel, TalentTitle
from shared.schemas import Count, Day, In, Out, Page, zh


class TalentNew(In):
    staff: Annotated[UUID, zh("教职工", "Registry's id.")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    title: Annotated[TalentTitle, zh("称号")]
    level: Annotated[TalentLevel, zh("认定层级")]
    since: Annotated[Day, zh("认定日期")]
    until: Annotated[Day | None, zh("有效期至", "Exclusive; null: open.")] = None
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]


class TalentEnding(In):
    on: Annotated[Day, zh("终止日期")]
    reason: Annotated[str, zh("原因", min_length=1, max_length=500)]


class TalentOut(Out):
    """A dated title with the growth behind it: the step of the ladder, hours of training, studios."""

    id: Annotated[UUID, zh("编号")]
    staff: Annotated[UUID, zh("教职工")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    title: Annotated[TalentTitle, zh("称号")]
    level: Annotated[TalentLevel, zh("认定层级")]
    since: Annotated[date, zh("认定日期")]
    until: Annotated[date | None, zh("有效期至")]
    document: Annotated[str, zh("文号")]
    reason_out: Annotated[str | None, zh("终止原因")]
    stage: Annotated[LadderStage | None, zh("所在阶梯")]
    studios: Annotated[Count, zh("参加工作室数")]


class TalentPage(Out):
    items: Annotated[list[TalentOut], zh("人才")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TalentQuery(Page):
    staff: Annotated[UUID | None, zh("教职工")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    title: Annotated[TalentTitle | None, zh("称号")] = None
    level: Annotated[TalentLevel | None, zh("认定层级")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Those held on this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class LadderStepPut(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    stage: Annotated[LadderStage, zh("阶梯")]
    basis: Annotated[str, zh("依据", min_length=1, max_length=500)]


class LadderStepOut(Out):
    staff: Annotated[UUID, zh("教职工")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    stage: Annotated[LadderStage, zh("阶梯")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    basis: Annotated[str, zh("依据")]


class LadderStepPage(Out):
    items: Annotated[list[LadderStepOut], zh("阶梯")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class LadderQuery(Page):
    staff: Annotated[UUID | None, zh("教职工")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    stage: Annotated[LadderStage | None, zh("阶梯")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Where each stood on this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class LadderFigure(Out):
    """How many of the staff stand on a step, and what is offered there."""

    stage: Annotated[LadderStage, zh("阶梯")]
    staff: Annotated[Count, zh("人数")]
    trainings: Annotated[Count, zh("面向该阶梯的培训数")]

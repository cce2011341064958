from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.primary_schools.schemas import SCHOOL
from services.quality.transition_pairs.codes import JointActivityKind
from shared.schemas import Count, Day, In, Out, Page, zh


class TransitionPairNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    school: Annotated[str, zh("小学", "Its national code.", pattern=SCHOOL)]
    since: Annotated[Day, zh("开始日期")]
    agreement: Annotated[str, zh("协议或方案", min_length=1, max_length=500)]


class TransitionPairEnd(In):
    on: Annotated[Day, zh("结束日期", "The first day on which the pair no longer stands.")]
    note: Annotated[str, zh("原因", min_length=1, max_length=500)]


class TransitionPairOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    school: Annotated[str, zh("小学")]
    school_name: Annotated[str, zh("校名")]
    since: Annotated[date, zh("开始日期")]
    until: Annotated[date | None, zh("结束日期")]
    agreement: Annotated[str, zh("协议或方案")]
    ended_because: Annotated[str | None, zh("结束原因")]
    activities: Annotated[Count, zh("联合活动次数")]


class TransitionPairPage(Out):
    items: Annotated[list[TransitionPairOut], zh("结对")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TransitionPairQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    school: Annotated[str | None, zh("小学", pattern=SCHOOL)] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only pairs that stand on this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class TransitionActivityNew(In):
    """What took place and how many were there."""

    pair: Annotated[UUID, zh("结对")]
    on: Annotated[Day, zh("日期")]
    kind: Annotated[JointActivityKind, zh("类别")]
    topic: Annotated[str, zh("主题", min_length=1, max_length=200)]
    summary: Annotated[str, zh("情况", min_length=1, max_length=4000)]
    kindergarten_teachers: Annotated[int, zh("幼儿园教师人数", ge=0, le=1000)] = 0
    school_teachers: Annotated[int, zh("小学教师人数", ge=0, le=1000)] = 0
    children: Annotated[int, zh("幼儿人数", ge=0, le=5000)] = 0
    families: Annotated[int, zh("家庭数", ge=0, le=5000)] = 0


class TransitionActivityOut(Out):
    id: Annotated[UUID, zh("编号")]
    pair: Annotated[UUID, zh("结对")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    school: Annotated[str, zh("小学")]
    on: Annotated[date, zh("日期")]
    kind: Annotated[JointActivityKind, zh("类别")]
    topic: Annotated[str, zh("主题")]
    summary: Annotated[str, zh("情况")]
    kindergarten_teachers: Annotated[Count, zh("幼儿园教师人数")]
    school_teachers: Annotated[Count, zh("小学教师人数")]
    children: Annotated[Count, zh("幼儿人数")]
    families: Annotated[Count, zh("家庭数")]


class TransitionActivityPage(Out):
    items: Annotated[list[TransitionActivityOut], zh("联合活动")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TransitionActivityQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    school: Annotated[str | None, zh("小学", pattern=SCHOOL)] = None
    kind: Annotated[JointActivityKind | None, zh("类别")] = None
    since: Annotated[Day | None, zh("起始日期")] = None
    until: Annotated[Day | None, zh("截止日期", "Not including this day.")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"

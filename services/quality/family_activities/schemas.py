from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.family_activities.codes import FamilyActivityKind, GuidanceKind
from shared.schemas import Count, Day, In, Out, Page, zh


class FamilyActivityNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[FamilyActivityKind, zh("类别")]
    on: Annotated[Day, zh("日期")]
    topic: Annotated[str, zh("主题", min_length=1, max_length=200)]
    partner: Annotated[str, zh("协同单位", "Needed of what is done with the community.", max_length=200)] = ""
    summary: Annotated[str, zh("情况", min_length=1, max_length=4000)]
    families: Annotated[int, zh("参加家庭数", ge=0, le=5000)]
    others: Annotated[int, zh("社区及其他参加人数", ge=0, le=5000)] = 0


class FamilyActivityOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[FamilyActivityKind, zh("类别")]
    on: Annotated[date, zh("日期")]
    topic: Annotated[str, zh("主题")]
    partner: Annotated[str, zh("协同单位")]
    summary: Annotated[str, zh("情况")]
    families: Annotated[Count, zh("参加家庭数")]
    others: Annotated[Count, zh("社区及其他参加人数")]


class FamilyActivityPage(Out):
    items: Annotated[list[FamilyActivityOut], zh("协同活动")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FamilyActivityQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    kind: Annotated[FamilyActivityKind | None, zh("类别")] = None
    since: Annotated[Day | None, zh("起始日期")] = None
    until: Annotated[Day | None, zh("截止日期", "Not including this day.")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"


class GuidanceNoticeNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[GuidanceKind, zh("类别")]
    school_year: Annotated[int, zh("学年", "The year in which the child enters.", ge=2020, le=2100)]
    title: Annotated[str, zh("标题", min_length=1, max_length=200)]
    content: Annotated[str, zh("内容", min_length=1, max_length=4000)]
    children: Annotated[list[UUID], zh("发送对象", "Children's ids, a family each.", min_length=1, max_length=1000)]


class GuidanceNoticeRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[GuidanceKind, zh("类别")]
    school_year: Annotated[int, zh("学年")]
    title: Annotated[str, zh("标题")]
    sent_on: Annotated[date, zh("发送日期")]
    sent: Annotated[Count, zh("发送家庭数")]
    confirmed: Annotated[Count, zh("已确认家庭数")]


class GuidanceNoticeOut(GuidanceNoticeRow):
    content: Annotated[str, zh("内容")]
    unconfirmed: Annotated[list[UUID], zh("未确认幼儿", "Whose families have not confirmed yet.")]


class GuidanceNoticePage(Out):
    items: Annotated[list[GuidanceNoticeRow], zh("指导")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class GuidanceNoticeQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    kind: Annotated[GuidanceKind | None, zh("类别")] = None
    school_year: Annotated[int | None, zh("学年", ge=2020, le=2100)] = None
    complete: Annotated[bool | None, zh("已全部确认")] = None
    sort: Annotated[Literal["-sent_on", "sent_on"], zh("排序")] = "-sent_on"

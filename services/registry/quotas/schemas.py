from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.children.schemas import DIVISION
from services.registry.quotas.codes import QuotaKind
from shared.schemas import Count, Day, In, Out, Page, zh

APPROVED, DOCUMENT = zh("核定数"), zh("核定文号")


class StaffQuotaOut(Out):
    """How many staff are approved for a kindergarten, and how many of them are used on the day asked for."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    kind: Annotated[QuotaKind, zh("类别")]
    approved: Annotated[Count, APPROVED]
    used: Annotated[Count, zh("已用数", "People with a post of this kind.")]
    free: Annotated[Count, zh("空余数", "Negative when more are used than approved.")]
    document: Annotated[str, DOCUMENT]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null while it lasts.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class StaffQuotaPage(Out):
    items: Annotated[list[StaffQuotaOut], zh("核定")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StaffQuotaQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    kind: Annotated[QuotaKind | None, zh("类别")] = None
    exceeded: Annotated[bool | None, zh("超出核定")] = None
    as_of: Annotated[Day | None, zh("截至日期", "In force and used on this day; today by default.")] = None
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"


class StaffQuotaNew(In):
    """From a day on another number is approved; the former one ends there."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[QuotaKind, zh("类别")]
    approved: Annotated[int, zh("核定数", ge=0, le=10_000)]
    document: Annotated[str, zh("核定文号", min_length=1, max_length=200)]
    since: Annotated[Day, zh("起始日期")]


class StaffQuotaStep(Out):
    """A stretch of days on which nothing changed."""

    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null while it lasts.")]
    approved: Annotated[Count, APPROVED]
    used: Annotated[Count, zh("已用数")]
    free: Annotated[Count, zh("空余数")]


class StaffQuotaCourse(Out):
    """Approved, used and free of one kind in one kindergarten, over time."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[QuotaKind, zh("类别")]
    items: Annotated[list[StaffQuotaStep], zh("各期间", "The earliest first.")]


class StaffQuotaCourseQuery(In):
    kind: Annotated[QuotaKind, zh("类别")]

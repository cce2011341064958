from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from services.registry.disclosures.codes import Purpose
from shared.schemas import Count, Day, In, Out, Page, zh


class DisclosureNew(In):
    """Why the identifiers are to be shown. It is written to the access log with the caller's name."""

    purpose: Annotated[Purpose, zh("查看目的")]
    reason: Annotated[str, zh("具体事由", min_length=4, max_length=300)]


class GuardianIdentifiers(Out):
    id: Annotated[UUID, zh("编号")]
    document_type: Annotated[str | None, zh("证件类型")]
    document_number: Annotated[str | None, zh("证件号码")]
    phone: Annotated[str | None, zh("联系电话")]


class ChildIdentifiers(Out):
    """Identifiers in clear. Nobody keeps this answer: it is marked `no-store`."""

    id: Annotated[UUID, zh("编号")]
    document_type: Annotated[str, zh("证件类型")]
    document_number: Annotated[str, zh("证件号码")]
    guardians: Annotated[list[GuardianIdentifiers], zh("监护人")]


class AccessOut(Out):
    """Someone looked at protected data of someone."""

    id: Annotated[UUID, zh("编号")]
    at: Annotated[datetime, zh("时刻")]
    actor: Annotated[str, zh("查看人")]
    purpose: Annotated[Purpose, zh("查看目的")]
    reason: Annotated[str, zh("具体事由")]
    subject: Annotated[str, zh("对象", examples=["children/0190b2a0-0000-7000-8000-000000000001"])]
    fields: Annotated[list[str], zh("所查字段")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    trace: Annotated[str, zh("追踪号")]


class AccessPage(Out):
    items: Annotated[list[AccessOut], zh("查看记录")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AccessQuery(Page):
    actor: Annotated[str | None, zh("查看人", max_length=200)] = None
    purpose: Annotated[Purpose | None, zh("查看目的")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    since: Annotated[Day | None, zh("起始日期", "This day or later.")] = None
    until: Annotated[Day | None, zh("截止日期", "Before this day.")] = None
    sort: Annotated[Literal["-at", "at"], zh("排序")] = "-at"

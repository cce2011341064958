from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.related_parties.codes import PartyRelation
from shared.schemas import Count, Day, In, Out, Page, zh


class RelatedPartyNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    relation: Annotated[PartyRelation, zh("关系")]
    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    number: Annotated[str, zh("账号", pattern=r"^\d{0,32}$")] = ""
    agreement: Annotated[str, zh("已披露的协议", max_length=200)] = ""
    since: Annotated[Day, zh("起始日期")]


class RelatedPartyOut(Out):
    """A related party, its agreement and whether that was reviewed."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    relation: Annotated[PartyRelation, zh("关系")]
    name: Annotated[str, zh("名称")]
    number: Annotated[str, zh("账号")]
    agreement: Annotated[str, zh("已披露的协议")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    entered_by: Annotated[str, zh("登记人")]
    reviewed_by: Annotated[str | None, zh("审查人")]
    version: Annotated[Count, zh("版本")]


class RelatedPartyPage(Out):
    items: Annotated[list[RelatedPartyOut], zh("关联方")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class RelatedPartyQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

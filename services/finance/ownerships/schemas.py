from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from services.finance.ownerships.codes import OwnershipRelation
from shared.schemas import Count, Day, In, Out, Page, zh

ShareOfCompany = Annotated[
    Decimal, WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^[01](\.\d{1,4})?$"})
]


class OwnershipNew(In):
    owner: Annotated[str, zh("持有人", min_length=1, max_length=100)]
    owned: Annotated[str, zh("被持有方", min_length=1, max_length=100)]
    relation: Annotated[OwnershipRelation, zh("关系")]
    share: Annotated[ShareOfCompany | None, zh("持股比例", "0 to 1.", gt=0, le=1, decimal_places=4)] = None
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期", "The first day it no longer holds.")] = None
    source: Annotated[
        str, zh("来源", "Where it is on record: 企业信用信息公示系统, 约谈笔录 …", min_length=1, max_length=200)
    ]

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.owner == self.owned:
            raise PydanticCustomError("owner_of_itself", "a relation has two sides")
        if self.until and self.until <= self.since:
            raise PydanticCustomError("period_backwards", "`until` must be later than `since`")
        return self


class OwnershipEnding(In):
    until: Annotated[Day, zh("截止日期")]


class OwnershipOut(Out):
    """A link between people and companies, with where it is on record."""

    id: Annotated[UUID, zh("编号")]
    owner: Annotated[str, zh("持有人")]
    owned: Annotated[str, zh("被持有方")]
    relation: Annotated[OwnershipRelation, zh("关系")]
    share: Annotated[ShareOfCompany | None, zh("持股比例")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    source: Annotated[str, zh("来源")]
    entered_by: Annotated[str, zh("登记人")]
    version: Annotated[Count, zh("版本")]


class OwnershipPage(Out):
    items: Annotated[list[OwnershipOut], zh("持有关系")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class OwnershipQuery(Page):
    name: Annotated[str | None, zh("名称", "On either side.", max_length=100)] = None
    relation: Annotated[OwnershipRelation | None, zh("关系")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Out, Page, zh


class FinanceKindergarten(Out):
    """What this service knows of a kindergarten, as registry last told."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    type: Annotated[str | None, zh("办园性质")]
    status: Annotated[str | None, zh("状态")]
    for_profit: Annotated[bool, zh("营利性")]
    opened_on: Annotated[date | None, zh("开办日期")]
    closed_on: Annotated[date | None, zh("终止日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    registry_version: Annotated[Count, zh("登记版本")]


class FinanceKindergartenPage(Out):
    items: Annotated[list[FinanceKindergarten], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FinanceKindergartenQuery(Page):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    type: Annotated[Literal["public", "inclusive_private", "private"] | None, zh("办园性质")] = None
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"

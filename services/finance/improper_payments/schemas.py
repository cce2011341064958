from typing import Annotated, Any, Literal
from uuid import UUID

from shared.schemas import Count, Day, Money, Out, Page, zh

STAKE = "What was settled per child of that month, times the children in question."


class ImproperPaymentOut(Out):
    """Money that may have been paid without a child behind it: rows to look at, not a verdict."""

    place: Annotated[str, zh("位置")]
    rule: Annotated[Literal["RAD-01", "RAD-02"], zh("规则", "RAD-01 核定人数多于在册; RAD-02 同一幼儿两处在园")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    children: Annotated[Count, zh("涉及幼儿数")]
    amount: Annotated[Money, zh("涉及金额", STAKE)]
    evidence: Annotated[dict[str, Any], zh("证据")]


class ImproperPaymentPage(Out):
    items: Annotated[list[ImproperPaymentOut], zh("疑点")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ImproperPaymentQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    sort: Annotated[Literal["place"], zh("排序")] = "place"

from typing import Annotated, Literal

from services.finance.allocations.rules import MoneyDimension
from shared.schemas import Count, Day, Money, Out, Page, zh

PER_CHILD = "Yuan a child and month; empty without children."


class AllocationOut(Out):
    """Public money of a group of kindergartens, its share of all, and what that is a child and month."""

    key: Annotated[str, zh("分组")]
    label: Annotated[str, zh("名称")]
    amount: Annotated[Money, zh("金额")]
    municipal: Annotated[Money, zh("市级资金")]
    district: Annotated[Money, zh("区级资金")]
    share: Annotated[str | None, zh("占比", "0 to 1 with four places.")]
    kindergartens: Annotated[Count, zh("幼儿园数")]
    child_months: Annotated[Count, zh("幼儿月数", "Certified children, added over the months.")]
    per_child: Annotated[Money | None, zh("每生每月", PER_CHILD)]


class AllocationPage(Out):
    items: Annotated[list[AllocationOut], zh("资金分配")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AllocationQuery(Page):
    by: Annotated[MoneyDimension, zh("分组方式")] = MoneyDimension.NATURE
    since: Annotated[Day, zh("起始月份", "Months from this one on.")]
    until: Annotated[Day, zh("截止月份", "The first month that is left out.")]
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    sort: Annotated[Literal["key"], zh("排序")] = "key"

from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Money, Out, Page, zh


class CostAccount(Out):
    """One expense account of the books."""

    account: Annotated[str, zh("科目代码")]
    name: Annotated[str, zh("科目名称")]
    amount: Annotated[Money, zh("金额")]


class UnitCostOut(Out):
    """生均成本: what a kindergarten spent in a year by its books, over the children it served."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    type: Annotated[str | None, zh("办园性质")]
    expense: Annotated[Money, zh("费用合计", "Expense accounts of the books, without the year-end closing.")]
    months: Annotated[Count, zh("核定月数", "Months of the year whose children are certified.")]
    child_months: Annotated[Count, zh("幼儿月数")]
    cost: Annotated[Money | None, zh("每生每月成本", "Empty while no month is certified.")]
    yearly_cost: Annotated[Money | None, zh("每生每年成本", "Twelve months of it.")]
    subsidy: Annotated[Money | None, zh("每生每月补助", "Settled for the months of the year.")]
    fee: Annotated[Money | None, zh("每生每月家庭缴费", "Charged to families for the year, meals left out.")]
    accounts: Annotated[list[CostAccount], zh("费用构成")]


class UnitCostPage(Out):
    items: Annotated[list[UnitCostOut], zh("生均成本")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class UnitCostQuery(Page):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    type: Annotated[Literal["public", "inclusive_private", "private"] | None, zh("办园性质")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    sort: Annotated[Literal["name"], zh("排序")] = "name"


class TypeCostOut(Out):
    """生均成本 of all kindergartens of a type whose books and children are both known."""

    type: Annotated[str, zh("办园性质")]
    kindergartens: Annotated[Count, zh("幼儿园数")]
    expense: Annotated[Money, zh("费用合计")]
    child_months: Annotated[Count, zh("幼儿月数")]
    cost: Annotated[Money, zh("每生每月成本")]
    lowest: Annotated[Money, zh("最低")]
    highest: Annotated[Money, zh("最高")]


class TypeCostPage(Out):
    items: Annotated[list[TypeCostOut], zh("分性质生均成本")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TypeCostQuery(Page):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    sort: Annotated[Literal["type"], zh("排序")] = "type"

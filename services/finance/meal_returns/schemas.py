from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.meal_returns.codes import MealReturnState
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class MealReturnNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    since: Annotated[Day, zh("起始月份", "Any day of it.")]
    until: Annotated[Day, zh("截止月份", "The first month that is left out.")]
    on_day: Annotated[Day, zh("办理日期")]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until.replace(day=1) <= self.since.replace(day=1):
            raise PydanticCustomError("period_backwards", "`until` must be a later month than `since`")
        return self


class MealReturnDecision(In):
    approve: Annotated[bool, zh("同意")]


class MealShare(Out):
    """What goes back for one charge."""

    charge: Annotated[UUID, zh("收费编号")]
    amount: Annotated[Money, zh("金额")]


class MealReturnOut(Out):
    """What the meals of some months left over and families get back."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    since: Annotated[date, zh("起始月份")]
    until: Annotated[date, zh("截止月份")]
    on_day: Annotated[date, zh("办理日期")]
    income: Annotated[Money, zh("伙食收入")]
    cost: Annotated[Money, zh("伙食支出")]
    surplus: Annotated[Money, zh("结余")]
    returned: Annotated[Money, zh("退还家庭", "What aid had paid of the surplus is not the families'.")]
    shares: Annotated[list[MealShare], zh("退还明细")]
    state: Annotated[MealReturnState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class MealReturnPage(Out):
    items: Annotated[list[MealReturnOut], zh("伙食费结余退还")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class MealReturnQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[MealReturnState | None, zh("状态")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

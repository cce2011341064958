from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.reliefs.codes import ReliefKind, ReliefState
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class ReliefNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[ReliefKind, zh("减免种类")]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "The first day no longer covered.")]
    amount: Annotated[Money, zh("减免金额", gt=0)]
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until <= self.since:
            raise PydanticCustomError("period_backwards", "`until` must be later than `since`")
        return self


class ReliefOut(Out):
    """A tax or fee a kindergarten did not have to pay."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[ReliefKind, zh("减免种类")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期")]
    amount: Annotated[Money, zh("减免金额")]
    document: Annotated[str, zh("文号")]
    state: Annotated[ReliefState, zh("状态")]
    recorded_by: Annotated[str, zh("登记人")]
    confirmed_by: Annotated[str | None, zh("确认人")]
    version: Annotated[Count, zh("版本")]


class ReliefPage(Out):
    items: Annotated[list[ReliefOut], zh("减免税费")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ReliefQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    kind: Annotated[ReliefKind | None, zh("减免种类")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

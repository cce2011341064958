from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from services.finance.account_titles.codes import ValueTag
from services.finance.parameters.codes import ParameterName, ParameterState
from shared.schemas import Count, Day, In, Out, Page, zh

Number = Annotated[
    Decimal, WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^-?\d{1,12}(\.\d{1,4})?$"})
]


class ParameterNew(In):
    name: Annotated[ParameterName, zh("参数")]
    key: Annotated[str, zh("键", "Parts joined by /; * stands for any.", pattern=r"^[a-z0-9_*]+(/[a-z0-9_*]+)*$")]
    value: Annotated[Number | None, zh("值", max_digits=16, decimal_places=4)] = None
    since: Annotated[Day, zh("生效日期")]
    until: Annotated[Day | None, zh("失效日期", "The first day it no longer holds.")] = None
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    article: Annotated[str, zh("条款", max_length=100)] = ""
    tag: Annotated[ValueTag, zh("来源标记")]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until and self.until <= self.since:
            raise PydanticCustomError("period_backwards", "`until` must be later than `since`")
        return self


class ParameterOut(Out):
    """A dated policy number and its authority."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[ParameterName, zh("参数")]
    key: Annotated[str, zh("键")]
    value: Annotated[Number | None, zh("值")]
    since: Annotated[date, zh("生效日期")]
    until: Annotated[date | None, zh("失效日期")]
    document: Annotated[str, zh("文号")]
    article: Annotated[str, zh("条款")]
    tag: Annotated[ValueTag, zh("来源标记")]
    state: Annotated[ParameterState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    decided_at: Annotated[datetime | None, zh("审批时间")]
    scenario: Annotated[UUID | None, zh("测算方案", "The approved scenario it came from.")]
    version: Annotated[Count, zh("版本")]


class ParameterPage(Out):
    items: Annotated[list[ParameterOut], zh("参数")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ParameterQuery(Page):
    name: Annotated[ParameterName | None, zh("参数")] = None
    key: Annotated[str | None, zh("键", "Keys that begin with this.", max_length=120)] = None
    state: Annotated[ParameterState | None, zh("状态")] = None
    scenario: Annotated[UUID | None, zh("测算方案")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only numbers whose period holds this day.")] = None
    sort: Annotated[Literal["key", "-since", "since"], zh("排序")] = "key"


class ParameterDecision(In):
    approve: Annotated[bool, zh("同意")]

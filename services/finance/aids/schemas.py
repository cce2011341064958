from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.aids.codes import AidCategory, AidState, Evidence
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class AidNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Annotated[UUID, zh("幼儿")]
    category: Annotated[AidCategory, zh("资助类别")]
    evidence: Annotated[Evidence, zh("证明来源")]
    evidence_number: Annotated[str, zh("证明编号", min_length=1, max_length=60)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "The first day it no longer holds.")]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until <= self.since:
            raise PydanticCustomError("period_backwards", "`until` must be later than `since`")
        return self


class AidDecision(In):
    agree: Annotated[bool, zh("同意")]
    remark: Annotated[str, zh("意见", max_length=500)] = ""


class AidOut(Out):
    """Aid to one child; only those who handle it see it."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Annotated[UUID, zh("幼儿")]
    category: Annotated[AidCategory, zh("资助类别")]
    evidence: Annotated[Evidence, zh("证明来源")]
    evidence_number: Annotated[str, zh("证明编号")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期")]
    state: Annotated[AidState, zh("状态")]
    remark: Annotated[str, zh("意见")]
    applied_by: Annotated[str, zh("申请经办人")]
    checked_by: Annotated[str | None, zh("园所核对人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class AidPage(Out):
    items: Annotated[list[AidOut], zh("资助")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AidQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    state: Annotated[AidState | None, zh("状态")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class AidCoverageOut(Out):
    """How many children of a kindergarten are aided on a day, and how many there are; small groups are left out."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    children: Annotated[Count, zh("在园幼儿数")]
    aided: Annotated[Count | None, zh("受助幼儿数", "Empty when fewer than five, so that nobody can be told.")]


class AidCoveragePage(Out):
    items: Annotated[list[AidCoverageOut], zh("资助覆盖")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AidCoverageQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Today when left out.")] = None
    sort: Annotated[Literal["kindergarten"], zh("排序")] = "kindergarten"


class AidEnding(In):
    until: Annotated[Day, zh("终止日期")]
    remark: Annotated[str, zh("理由", min_length=1, max_length=500)]


class AidGroupOut(Out):
    """Aided children of a category or town on a day, and what aid bore of their bills up to it that school year."""

    key: Annotated[str, zh("分组")]
    label: Annotated[str, zh("名称")]
    aided: Annotated[Count | None, zh("受助幼儿数", "Empty when fewer than five, so that nobody can be told.")]
    amount: Annotated[Money | None, zh("资助金额", "Empty likewise.")]


class AidGroupPage(Out):
    items: Annotated[list[AidGroupOut], zh("资助分组")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AidGroupQuery(Page):
    by: Annotated[Literal["category", "town"], zh("分组方式")] = "category"
    as_of: Annotated[Day | None, zh("截至日期", "Today when left out.")] = None
    sort: Annotated[Literal["key"], zh("排序")] = "key"

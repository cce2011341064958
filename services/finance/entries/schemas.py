from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.finance.entries.rules import Draft, Line
from shared.schemas import Count, Day, In, Money, Out, Page, zh

# Sources a caller may name; the platform's own (subsidy, charge …) post through their concepts alone.
Source = Literal["manual", "import", "opening"]
BY_HAND: frozenset[str] = frozenset(get_args(Source))


class LineNew(In):
    """One line: either a debit or a credit, above zero."""

    account: Annotated[str, zh("科目代码", pattern=r"^\d{4,12}$")]
    debit: Annotated[Money | None, zh("借方金额", gt=0)] = None
    credit: Annotated[Money | None, zh("贷方金额", gt=0)] = None
    memo: Annotated[str, zh("备注", max_length=200)] = ""

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.debit is None) == (self.credit is None):
            raise PydanticCustomError("one_side", "a line is either a debit or a credit")
        return self

    def line(self) -> Line:
        return Line(self.account, self.debit if self.debit is not None else -(self.credit or Decimal(0)), self.memo)


class EntryNew(In):
    source: Annotated[Source, zh("来源")] = "manual"
    source_key: Annotated[str, zh("来源凭证号", "Posted once: a repeat answers what was posted.", min_length=1)]
    effective_on: Annotated[Day, zh("入账日期")]
    summary: Annotated[str, zh("摘要", min_length=1, max_length=200)]
    lines: Annotated[list[LineNew], zh("分录"), Field(min_length=2, max_length=200)]

    def draft(self) -> Draft:
        lines = tuple(line.line() for line in self.lines)
        return Draft(self.source, self.source_key, self.effective_on, self.summary, lines)


class EntriesNew(In):
    """Many entries, all or none."""

    entries: Annotated[list[EntryNew], zh("凭证"), Field(min_length=1, max_length=2000)]


class ReversalNew(In):
    effective_on: Annotated[Day, zh("入账日期", "In an open month.")]
    reason: Annotated[str, zh("冲销理由", min_length=1, max_length=200)]


class PostedEntry(Out):
    source_key: Annotated[str, zh("来源凭证号")]
    id: Annotated[UUID, zh("凭证编号")]
    repeated: Annotated[bool, zh("重复提交", "It was posted before; nothing was added.")]


class PostedEntries(Out):
    """What was posted, in the order asked."""

    items: Annotated[list[PostedEntry], zh("凭证")]


class LineOut(Out):
    line: Annotated[Count, zh("行号")]
    account: Annotated[str, zh("科目代码")]
    debit: Annotated[Money | None, zh("借方金额")]
    credit: Annotated[Money | None, zh("贷方金额")]
    memo: Annotated[str, zh("备注")]


class EntryOut(Out):
    """An entry as it was posted."""

    id: Annotated[UUID, zh("凭证编号")]
    book: Annotated[UUID, zh("账套")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    source: Annotated[str, zh("来源")]
    source_key: Annotated[str, zh("来源凭证号")]
    effective_on: Annotated[date, zh("入账日期")]
    summary: Annotated[str, zh("摘要")]
    reverses: Annotated[UUID | None, zh("冲销的凭证")]
    reversed_by: Annotated[UUID | None, zh("冲销凭证")]
    recorded_at: Annotated[datetime, zh("记录时间")]
    recorded_by: Annotated[str, zh("记账人")]
    lines: Annotated[list[LineOut], zh("分录")]


class EntryPage(Out):
    items: Annotated[list[EntryOut], zh("凭证")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EntryQuery(Page):
    since: Annotated[Day | None, zh("起始日期")] = None
    until: Annotated[Day | None, zh("截止日期", "The first day that is left out.")] = None
    source: Annotated[str | None, zh("来源", max_length=40)] = None
    source_key: Annotated[str | None, zh("来源凭证号", max_length=200)] = None
    sort: Annotated[Literal["effective_on", "-effective_on"], zh("排序")] = "-effective_on"

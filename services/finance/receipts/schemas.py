from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.schemas import Count, Day, In, Money, Out, Page, zh


class AllocationNew(In):
    charge: Annotated[UUID, zh("收费编号")]
    amount: Annotated[Money, zh("金额", gt=0)]


class ReceiptNewIn(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Annotated[UUID, zh("幼儿")]
    source_key: Annotated[str, zh("收款流水号", min_length=1, max_length=100)]
    received_on: Annotated[Day, zh("收款日期")]
    allocations: Annotated[list[AllocationNew], zh("缴费明细"), Field(min_length=1, max_length=100)]


class PaidCharge(Out):
    """Which part of a payment pays which charge."""

    charge: Annotated[UUID, zh("收费编号")]
    amount: Annotated[Money, zh("金额")]


class ReceiptOut(Out):
    """Money of a family, recorded."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Annotated[UUID, zh("幼儿")]
    source_key: Annotated[str, zh("收款流水号")]
    received_on: Annotated[date, zh("收款日期")]
    amount: Annotated[Money, zh("金额")]
    entry: Annotated[UUID, zh("凭证编号")]
    recorded_by: Annotated[str, zh("登记人")]
    allocations: Annotated[list[PaidCharge], zh("缴费明细")]


class ReceiptPage(Out):
    items: Annotated[list[ReceiptOut], zh("收款")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ReceiptQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    since: Annotated[Day | None, zh("起始日期", "Received on this day or later.")] = None
    until: Annotated[Day | None, zh("截止日期", "The first day that is left out.")] = None
    sort: Annotated[Literal["-received_on", "received_on"], zh("排序")] = "-received_on"


class StatementLine(Out):
    """One event of a child's account with a kindergarten."""

    on: Annotated[date, zh("日期")]
    kind: Annotated[str, zh("类型", "charge, receipt, credit_note or refund")]
    name: Annotated[str, zh("项目")]
    amount: Annotated[Money, zh("金额", "Above zero the family owes more, below zero less.")]
    sentences: Annotated[list[str], zh("说明")]


class StatementOut(Out):
    """家长对账单: every charge with its reason, every payment, and what is open."""

    child: Annotated[UUID, zh("幼儿")]
    lines: Annotated[list[StatementLine], zh("明细")]
    count: Annotated[Count, zh("笔数")]
    open: Annotated[Money, zh("未结金额")]

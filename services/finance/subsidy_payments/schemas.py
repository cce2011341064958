from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.finance.subsidy_payments.codes import Outcome, PaymentState
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class PaymentOut(Out):
    """What a kindergarten gets of a run, and where the money is."""

    id: Annotated[UUID, zh("编号")]
    run: Annotated[UUID, zh("补助批次")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    lines: Annotated[Money, zh("本批明细合计")]
    carried_in: Annotated[Money, zh("上期结转", "Zero or less: still to be recovered.")]
    amount: Annotated[Money, zh("拨付金额")]
    carried_out: Annotated[Money, zh("结转下期")]
    state: Annotated[PaymentState, zh("拨付状态")]
    reason: Annotated[str, zh("说明")]
    paid_on: Annotated[date | None, zh("拨付日期")]
    received_on: Annotated[date | None, zh("收款日期")]
    received_by: Annotated[str | None, zh("收款确认人")]
    version: Annotated[Count, zh("版本")]


class PaymentPage(Out):
    items: Annotated[list[PaymentOut], zh("拨付")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PaymentQuery(Page):
    run: Annotated[UUID | None, zh("补助批次")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[PaymentState | None, zh("拨付状态")] = None
    sort: Annotated[Literal["-id", "id"], zh("排序")] = "-id"


class DisbursementOut(Out):
    """A file for the bank."""

    id: Annotated[UUID, zh("拨付文件编号")]
    run: Annotated[UUID, zh("补助批次")]
    payments: Annotated[Count, zh("笔数")]
    total: Annotated[Money, zh("合计金额")]
    made_by: Annotated[str, zh("制单人")]
    created_at: Annotated[datetime, zh("制单时间")]


class InstructionOut(Out):
    """One line of the bank file."""

    reference: Annotated[str, zh("流水号")]
    holder: Annotated[str, zh("户名")]
    bank: Annotated[str, zh("开户银行")]
    number: Annotated[str, zh("账号")]
    amount: Annotated[Money, zh("金额")]
    outcome: Annotated[Outcome | None, zh("结果")]
    reason: Annotated[str, zh("失败原因")]
    settled_on: Annotated[date | None, zh("入账日期")]


class InstructionPage(Out):
    items: Annotated[list[InstructionOut], zh("拨付指令")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class InstructionQuery(Page):
    outcome: Annotated[Outcome | None, zh("结果")] = None
    sort: Annotated[Literal["reference"], zh("排序")] = "reference"


class BankResult(In):
    reference: Annotated[str, zh("流水号", min_length=1, max_length=40)]
    outcome: Annotated[Outcome, zh("结果")]
    amount: Annotated[Money, zh("金额", "As the bank says it: it has to be the one asked for.")]
    settled_on: Annotated[Day, zh("入账日期")]
    reason: Annotated[str, zh("失败原因", max_length=200)] = ""


class BankResults(In):
    results: Annotated[list[BankResult], zh("回盘结果"), Field(min_length=1, max_length=20_000)]


class BankResultsTaken(Out):
    """What the answer of the bank changed."""

    paid: Annotated[Count, zh("成功笔数")]
    failed: Annotated[Count, zh("失败笔数")]
    repeated: Annotated[Count, zh("重复笔数", "Known before; nothing was done.")]
    state: Annotated[str, zh("批次状态")]


class ReceiptNew(In):
    received_on: Annotated[Day, zh("收款日期")]

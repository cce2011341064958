from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from services.finance.bank_statements.codes import Match, Use
from shared.schemas import Count, Day, Money, Out, Page, zh


class BankStatementOut(Out):
    """An imported statement and what it added."""

    id: Annotated[UUID, zh("编号")]
    account: Annotated[UUID, zh("账户")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    digest: Annotated[str, zh("文件摘要")]
    lines: Annotated[Count, zh("文件行数")]
    added: Annotated[Count, zh("新增笔数", "Lines known before are left alone.")]
    unmatched: Annotated[Count, zh("待查明笔数")]
    alerts: Annotated[Count, zh("新增预警")]
    imported_by: Annotated[str, zh("导入人")]
    imported_at: Annotated[datetime, zh("导入时间")]


class BankLineOut(Out):
    """One booking and what explains it."""

    id: Annotated[UUID, zh("编号")]
    account: Annotated[UUID, zh("账户")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    booked_on: Annotated[date, zh("交易日期")]
    reference: Annotated[str, zh("流水号")]
    amount: Annotated[Money, zh("金额", "Below zero went out.")]
    counterparty: Annotated[str, zh("对方户名")]
    number: Annotated[str, zh("对方账号")]
    purpose: Annotated[str, zh("摘要")]
    match: Annotated[Match, zh("核对结果")]
    reason: Annotated[str, zh("核对理由")]
    use: Annotated[Use | None, zh("用途")]


class BankLinePage(Out):
    items: Annotated[list[BankLineOut], zh("流水")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BankLineQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    account: Annotated[UUID | None, zh("账户")] = None
    match: Annotated[Match | None, zh("核对结果")] = None
    since: Annotated[Day | None, zh("起始日期")] = None
    until: Annotated[Day | None, zh("截止日期", "The first day that is left out.")] = None
    sort: Annotated[Literal["-booked_on", "booked_on"], zh("排序")] = "-booked_on"


class SpendingOut(Out):
    """支出结构: what a year's income was spent on (三(二)3-h)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    year: Annotated[Count, zh("年度")]
    use: Annotated[Use, zh("用途")]
    income: Annotated[Money, zh("全年收入")]
    spent: Annotated[Money, zh("支出")]
    share: Annotated[str | None, zh("占收入比例", "0 to 1 with four places; empty without income.")]


class SpendingPage(Out):
    items: Annotated[list[SpendingOut], zh("支出结构")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SpendingQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("年度", ge=2000, le=2100)] = None
    sort: Annotated[Literal["year", "-year"], zh("排序")] = "-year"

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime

from services.finance.account_titles.codes import AccountElement, AccountSide
from shared.schemas import Count, Day, Money, Out, Page, zh

KNOWN = "What the books said at this instant; later corrections are left out."


class BalanceOut(Out):
    """One account over a span of days; balances are positive on the account's own side."""

    code: Annotated[str, zh("科目代码")]
    name: Annotated[str | None, zh("科目名称")]
    element: Annotated[AccountElement | None, zh("会计要素")]
    side: Annotated[AccountSide | None, zh("余额方向")]
    opening: Annotated[Money, zh("期初余额")]
    debit: Annotated[Money, zh("本期借方")]
    credit: Annotated[Money, zh("本期贷方")]
    closing: Annotated[Money, zh("期末余额")]


class BalancePage(Out):
    items: Annotated[list[BalanceOut], zh("科目余额")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BalanceQuery(Page):
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "The first day that is left out.")]
    known_at: Annotated[AwareDatetime | None, zh("已知时点", KNOWN)] = None
    sort: Annotated[Literal["code"], zh("排序")] = "code"


class MovementOut(Out):
    """One line of an account with the balance after it."""

    place: Annotated[str, zh("位置")]
    entry: Annotated[UUID, zh("凭证编号")]
    line: Annotated[Count, zh("行号")]
    effective_on: Annotated[date, zh("入账日期")]
    recorded_at: Annotated[datetime, zh("记录时间")]
    summary: Annotated[str, zh("摘要")]
    memo: Annotated[str, zh("备注")]
    debit: Annotated[Money | None, zh("借方金额")]
    credit: Annotated[Money | None, zh("贷方金额")]
    balance: Annotated[Money, zh("余额", "Debit minus credit since the book was opened.")]


class MovementPage(Out):
    items: Annotated[list[MovementOut], zh("明细")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class MovementQuery(Page):
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "The first day that is left out.")]
    known_at: Annotated[AwareDatetime | None, zh("已知时点", KNOWN)] = None
    sort: Annotated[Literal["effective_on"], zh("排序")] = "effective_on"


class ResultOut(Out):
    """One income or expense account: the month, and the year up to its end. The year-end closing is left out."""

    code: Annotated[str, zh("科目代码")]
    name: Annotated[str | None, zh("科目名称")]
    element: Annotated[AccountElement, zh("会计要素")]
    month: Annotated[Money, zh("本月数")]
    year_to_date: Annotated[Money, zh("本年累计数")]


class ResultPage(Out):
    items: Annotated[list[ResultOut], zh("收支项目")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ResultQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    known_at: Annotated[AwareDatetime | None, zh("已知时点", KNOWN)] = None
    sort: Annotated[Literal["code"], zh("排序")] = "code"

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.account_titles.codes import AccountingStandard
from services.finance.books.codes import BookPeriodState
from shared.schemas import Count, Day, In, Out, Page, zh


class BookNew(In):
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Empty: the district's own book.")] = None
    standard: Annotated[AccountingStandard, zh("会计制度")]
    opened_on: Annotated[Day, zh("开账日期")]


class BookOut(Out):
    """A book, and up to where it is closed."""

    id: Annotated[UUID, zh("账套编号")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    standard: Annotated[AccountingStandard, zh("会计制度")]
    name: Annotated[str, zh("账套名称")]
    opened_on: Annotated[date, zh("开账日期")]
    closed_until: Annotated[date, zh("结账至", "The first day of the first month that is not closed.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class BookPage(Out):
    items: Annotated[list[BookOut], zh("账套")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BookQuery(Page):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    standard: Annotated[AccountingStandard | None, zh("会计制度")] = None
    sort: Annotated[Literal["opened_on", "-opened_on"], zh("排序")] = "opened_on"


class PeriodReason(In):
    reason: Annotated[str, zh("理由", min_length=1, max_length=500)]


class PeriodOut(Out):
    """A month of a book and where it stands."""

    id: Annotated[UUID, zh("编号")]
    book: Annotated[UUID, zh("账套")]
    month: Annotated[date, zh("月份", "Its first day.")]
    state: Annotated[BookPeriodState, zh("状态")]
    reason: Annotated[str, zh("理由")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class PeriodPage(Out):
    items: Annotated[list[PeriodOut], zh("会计期间")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PeriodQuery(Page):
    state: Annotated[BookPeriodState | None, zh("状态")] = None
    sort: Annotated[Literal["month", "-month"], zh("排序")] = "-month"

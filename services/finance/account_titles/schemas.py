from datetime import date
from typing import Annotated, Literal

from services.finance.account_titles.codes import AccountElement, AccountingStandard, AccountSide, ValueTag
from shared.schemas import Count, Day, Out, Page, zh


class AccountTitleOut(Out):
    """One account of the chart in one version of its standard."""

    standard: Annotated[AccountingStandard, zh("会计制度")]
    code: Annotated[str, zh("科目代码")]
    name: Annotated[str, zh("科目名称")]
    element: Annotated[AccountElement, zh("会计要素")]
    side: Annotated[AccountSide, zh("余额方向")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期", "The first day it is no longer used.")]
    tag: Annotated[ValueTag, zh("来源标记")]


class AccountTitlePage(Out):
    items: Annotated[list[AccountTitleOut], zh("科目")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AccountTitleQuery(Page):
    standard: Annotated[AccountingStandard | None, zh("会计制度")] = None
    element: Annotated[AccountElement | None, zh("会计要素")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only accounts usable on this day.")] = None
    sort: Annotated[Literal["code"], zh("排序")] = "code"

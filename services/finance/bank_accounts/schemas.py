from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.bank_accounts.codes import AccountState
from shared.schemas import Count, Day, In, Out, Page, zh


class BankAccountNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    holder: Annotated[str, zh("户名", min_length=1, max_length=100)]
    bank: Annotated[str, zh("开户银行", min_length=1, max_length=100)]
    number: Annotated[str, zh("账号", pattern=r"^\d{8,32}$")]
    purpose: Annotated[str, zh("用途", min_length=1, max_length=200)]
    since: Annotated[Day, zh("启用日期")]


class BankAccountOut(Out):
    """An account on file, or on its way there."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    holder: Annotated[str, zh("户名")]
    bank: Annotated[str, zh("开户银行")]
    number: Annotated[str, zh("账号")]
    purpose: Annotated[str, zh("用途")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期")]
    state: Annotated[AccountState, zh("状态")]
    filed_by: Annotated[str, zh("申报人")]
    decided_by: Annotated[str | None, zh("受理人")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class BankAccountPage(Out):
    items: Annotated[list[BankAccountOut], zh("账户")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BankAccountQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[AccountState | None, zh("状态")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class BankAccountDecision(In):
    accept: Annotated[bool, zh("受理")]


class BankAccountEnding(In):
    until: Annotated[Day, zh("停用日期")]

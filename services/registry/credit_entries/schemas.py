from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.registry.credit_entries.codes import CreditEffect, CreditKind, CreditSubject
from services.registry.divisions.schemas import DIVISION
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

UNTIL = "The first day it counts no more; null when it always does."


class CreditEntryOut(Out):
    """An entry of the credit file 信用档案."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    subject: Annotated[CreditSubject, zh("信用主体")]
    founder: Annotated[UUID | None, zh("举办者")]
    kind: Annotated[CreditKind, zh("记录类别")]
    effect: Annotated[CreditEffect, zh("评价")]
    title: Annotated[str, zh("事项")]
    detail: Annotated[str, zh("详情")]
    source: Annotated[str, zh("来源")]
    document: Annotated[str, zh("文号")]
    occurred_on: Annotated[date, zh("发生日期")]
    until: Annotated[date | None, zh("有效期至", UNTIL)]
    public: Annotated[bool, zh("公示")]
    in_force: Annotated[bool, zh("有效", "On `as_of`: neither withdrawn nor over.")]
    recorded_on: Annotated[date, zh("登记日期")]
    recorded_by: Annotated[str, zh("登记人")]
    withdrawn_on: Annotated[date | None, zh("撤销日期")]
    withdrawn_by: Annotated[str | None, zh("撤销人")]
    withdrawn_because: Annotated[str, zh("撤销理由")]
    withdrawal_document: Annotated[str, zh("撤销依据")]
    created_at: Annotated[datetime, zh("登记时间")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class CreditEntryPage(Out):
    items: Annotated[list[CreditEntryOut], zh("信用记录")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class CreditEntryQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    founder: Annotated[UUID, zh("举办者")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    subject: Annotated[CreditSubject, zh("信用主体")] = UNSENT
    kind: Annotated[CreditKind, zh("记录类别")] = UNSENT
    effect: Annotated[CreditEffect, zh("评价")] = UNSENT
    public: Annotated[bool, zh("公示")] = UNSENT
    in_force: Annotated[bool, zh("有效")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `in_force`; today by default.")] = UNSENT
    sort: Annotated[Literal["occurred_on", "-occurred_on"], zh("排序")] = "-occurred_on"


class CreditEntryNew(In):
    """What is entered, with its source."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    subject: Annotated[CreditSubject, zh("信用主体")] = CreditSubject.KINDERGARTEN
    founder: Annotated[UUID, zh("举办者", "Of an entry about a founder.")] = UNSENT
    kind: Annotated[CreditKind, zh("记录类别")]
    effect: Annotated[CreditEffect, zh("评价")]
    title: Annotated[str, zh("事项", min_length=1, max_length=200)]
    detail: Annotated[str, zh("详情", max_length=2000)] = ""
    source: Annotated[str, zh("来源", "Who decided or reported it.", min_length=1, max_length=100)]
    document: Annotated[str, zh("文号", max_length=200)] = ""
    occurred_on: Annotated[Day, zh("发生日期", "Not after today.")]
    until: Annotated[Day, zh("有效期至", UNTIL)] = UNSENT
    public: Annotated[bool, zh("公示", "On the public page; of the kindergarten only, never of a person.")] = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.subject is CreditSubject.FOUNDER) != (self.founder is not None):
            raise PydanticCustomError("whose_credit", "an entry about a founder names it, and no other does")
        if self.until is not None and self.until <= self.occurred_on:
            raise PydanticCustomError("entry_order", "until lies after occurred_on")
        return self


class CreditWithdrawal(In):
    because: Annotated[str, zh("撤销理由", min_length=1, max_length=500)]
    document: Annotated[str, zh("撤销依据", min_length=1, max_length=200)]


class PublicCreditEntry(Out):
    """An entry as the public page shows it."""

    kind: Annotated[CreditKind, zh("记录类别")]
    effect: Annotated[CreditEffect, zh("评价")]
    title: Annotated[str, zh("事项")]
    source: Annotated[str, zh("来源")]
    document: Annotated[str, zh("文号")]
    occurred_on: Annotated[date, zh("发生日期")]
    until: Annotated[date | None, zh("有效期至", UNTIL)]


class PublicCreditEntries(Out):
    items: Annotated[list[PublicCreditEntry], zh("信用记录", "The latest first.")]

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.service_contracts.codes import ContractState, ServiceKind
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class ServiceContractNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    number: Annotated[str, zh("合同编号", min_length=1, max_length=60)]
    kind: Annotated[ServiceKind, zh("服务内容")]
    supplier: Annotated[str, zh("承接主体", min_length=1, max_length=100)]
    credit_code: Annotated[str, zh("统一社会信用代码", pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
    scope: Annotated[str, zh("服务范围", min_length=1, max_length=500)]
    workers: Annotated[int, zh("服务人员数", ge=1, le=500)]
    amount: Annotated[Money, zh("合同金额", "Yuan over the whole term.", ge=0)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "The first day it no longer holds.")]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until <= self.since:
            raise PydanticCustomError("period_backwards", "`until` must be later than `since`")
        return self


class ServiceContractDecision(In):
    accept: Annotated[bool, zh("受理")]
    remark: Annotated[str, zh("意见", max_length=500)] = ""


class ServiceContractOut(Out):
    """A contract for purchased services, and whether the kindergarten's people on it are as many as agreed."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    number: Annotated[str, zh("合同编号")]
    kind: Annotated[ServiceKind, zh("服务内容")]
    supplier: Annotated[str, zh("承接主体")]
    credit_code: Annotated[str, zh("统一社会信用代码")]
    scope: Annotated[str, zh("服务范围")]
    workers: Annotated[Count, zh("服务人员数")]
    amount: Annotated[Money, zh("合同金额")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期")]
    in_catalogue: Annotated[
        bool | None, zh("在购买服务目录内", "By the dated catalogue on the contract's first day; null: not set.")
    ]
    state: Annotated[ContractState, zh("状态")]
    filed_by: Annotated[str, zh("申报人")]
    decided_by: Annotated[str | None, zh("受理人")]
    remark: Annotated[str, zh("意见")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class ServiceContractDetail(ServiceContractOut):
    actions: Annotated[list[Offer], zh("可做的动作")]


class ServiceContractPage(Out):
    items: Annotated[list[ServiceContractOut], zh("购买服务合同")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ServiceContractQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    kind: Annotated[ServiceKind | None, zh("服务内容")] = None
    state: Annotated[ContractState | None, zh("状态")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only contracts in force this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.bank_statements.codes import Use
from services.finance.budgets.codes import FundLevel
from services.finance.subsidy_uses.codes import SubsidyUseState
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class SubsidyUseNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    programme: Annotated[str, zh("补助项目", max_length=40)]
    level: Annotated[FundLevel, zh("资金层级")]
    used_on: Annotated[Day, zh("使用日期")]
    amount: Annotated[Money, zh("金额", gt=0)]
    use: Annotated[Use, zh("用途")]
    description: Annotated[str, zh("说明", min_length=1, max_length=500)]
    evidence: Annotated[str, zh("凭据", "Invoice, contract or voucher.", min_length=1, max_length=300)]
    bank_line: Annotated[UUID | None, zh("银行流水", "The payment out of the supervised account.")] = None


class SubsidyUseCheck(In):
    accept: Annotated[bool, zh("认可")]
    remark: Annotated[str, zh("意见", max_length=500)] = ""


class SubsidyUseOut(Out):
    """What a kindergarten spent of a programme's money."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    programme: Annotated[str, zh("补助项目")]
    level: Annotated[FundLevel, zh("资金层级")]
    used_on: Annotated[date, zh("使用日期")]
    amount: Annotated[Money, zh("金额")]
    use: Annotated[Use, zh("用途")]
    outside: Annotated[bool, zh("超出规定用途")]
    description: Annotated[str, zh("说明")]
    evidence: Annotated[str, zh("凭据")]
    bank_line: Annotated[UUID | None, zh("银行流水")]
    state: Annotated[SubsidyUseState, zh("状态")]
    remark: Annotated[str, zh("核实意见")]
    reported_by: Annotated[str, zh("上报人")]
    checked_by: Annotated[str | None, zh("核实人")]
    version: Annotated[Count, zh("版本")]


class SubsidyUsePage(Out):
    items: Annotated[list[SubsidyUseOut], zh("资金使用")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SubsidyUseQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    level: Annotated[FundLevel | None, zh("资金层级")] = None
    outside: Annotated[bool | None, zh("超出规定用途")] = None
    state: Annotated[SubsidyUseState | None, zh("状态")] = None
    sort: Annotated[Literal["-used_on", "used_on"], zh("排序")] = "-used_on"

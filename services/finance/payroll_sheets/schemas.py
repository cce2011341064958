from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.payroll_sheets.codes import Insurance, InsuranceExemption, SheetState
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh

OWN_SHARE = "社保和公积金个人缴纳部分;最低工资标准不包括它。"
PAID = "已发部分,含代扣的个人缴纳和个人所得税;与应发工资的差额是欠发。"


class PayrollRow(In):
    """One person's month: what was due, what was paid, what was paid in."""

    person: Annotated[UUID, zh("人员")]
    payable: Annotated[Money, zh("应发工资", ge=0)]
    contributions: Annotated[Money, zh("个人缴纳", OWN_SHARE, ge=0)] = Decimal("0.00")
    paid: Annotated[Money, zh("已发工资", PAID, ge=0)]
    paid_on: Annotated[Day | None, zh("发放日期")] = None
    insurance_base: Annotated[Money | None, zh("社保缴费基数", ge=0)] = None
    insurances: Annotated[list[Insurance], zh("已缴险种", max_length=5)] = []  # noqa: RUF012  # pydantic copies it
    fund_base: Annotated[Money | None, zh("公积金缴存基数", ge=0)] = None
    fund_paid: Annotated[bool, zh("公积金已缴")] = False
    exemption: Annotated[InsuranceExemption | None, zh("免缴事由")] = None
    days_present: Annotated[int | None, zh("出勤天数", ge=0, le=31)] = None
    leave: Annotated[str, zh("请假事由", max_length=100)] = ""
    contract: Annotated[str, zh("购买服务合同编号", "For workers of a purchased service.", max_length=60)] = ""
    labour_contract: Annotated[str, zh("劳动合同编号", max_length=60)] = ""
    voucher: Annotated[str, zh("凭证号", max_length=60)] = ""

    @model_validator(mode="after")
    def _proven(self) -> Self:
        if self.paid > 0 and self.paid_on is None:
            raise PydanticCustomError("paid_on_missing", "what was paid was paid on a day")
        if self.paid > self.payable:
            raise PydanticCustomError("paid_above_payable", "more was paid than was payable")
        if self.insurances and self.insurance_base is None:
            raise PydanticCustomError("insurance_base_missing", "what was paid in has a base")
        if self.fund_paid and self.fund_base is None:
            raise PydanticCustomError("fund_base_missing", "what was paid in has a base")
        return self


class PayrollFiling(In):
    rows: Annotated[list[PayrollRow], zh("人员", min_length=1, max_length=1000)]


class PayrollDecision(In):
    accept: Annotated[bool, zh("受理")]
    remark: Annotated[str, zh("意见", max_length=500)] = ""


class PayrollSheetOut(Out):
    """A month's proof of a kindergarten: how many people, how much, and where it stands. Never who."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    month: Annotated[date, zh("月份")]
    revision: Annotated[Count, zh("修订号")]
    people: Annotated[Count, zh("人数")]
    state: Annotated[SheetState, zh("状态")]
    filed_by: Annotated[str, zh("申报人")]
    decided_by: Annotated[str | None, zh("受理人")]
    remark: Annotated[str, zh("意见")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class PayrollSheetDetail(PayrollSheetOut):
    actions: Annotated[list[Offer], zh("可做的动作")]


class PayrollSheetPage(Out):
    items: Annotated[list[PayrollSheetOut], zh("工资社保证明")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PayrollSheetQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    month: Annotated[Day | None, zh("月份", "Its first day.")] = None
    state: Annotated[SheetState | None, zh("状态")] = None
    sort: Annotated[Literal["-month", "month"], zh("排序")] = "-month"


class PayrollProofOut(Out):
    """One person's month as it was filed: personal, and shown only to those who check it."""

    sheet: Annotated[UUID, zh("工资社保证明")]
    person: Annotated[UUID, zh("人员")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    payable: Annotated[Money, zh("应发工资")]
    contributions: Annotated[Money, zh("个人缴纳")]
    paid: Annotated[Money, zh("已发工资")]
    paid_on: Annotated[date | None, zh("发放日期")]
    insurance_base: Annotated[Money | None, zh("社保缴费基数")]
    insurances: Annotated[list[Insurance], zh("已缴险种")]
    fund_base: Annotated[Money | None, zh("公积金缴存基数")]
    fund_paid: Annotated[bool, zh("公积金已缴")]
    exemption: Annotated[InsuranceExemption | None, zh("免缴事由")]
    days_present: Annotated[Count | None, zh("出勤天数")]
    leave: Annotated[str, zh("请假事由")]
    contract: Annotated[str, zh("购买服务合同编号")]
    labour_contract: Annotated[str, zh("劳动合同编号")]
    voucher: Annotated[str, zh("凭证号")]


class PayrollProofPage(Out):
    items: Annotated[list[PayrollProofOut], zh("人员")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PayrollProofQuery(Page):
    sheet: Annotated[UUID | None, zh("工资社保证明")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    month: Annotated[Day | None, zh("月份", "Its first day.")] = None
    person: Annotated[UUID | None, zh("人员")] = None
    in_force: Annotated[bool | None, zh("仅已受理", "True: only what was accepted and not replaced.")] = None
    sort: Annotated[Literal["person"], zh("排序")] = "person"


class PayrollStaffOut(Out):
    """Somebody of whom proof is expected: who holds a post in the month."""

    place: Annotated[str, zh("位置")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    person: Annotated[UUID, zh("人员")]
    role: Annotated[str, zh("岗位")]
    employment: Annotated[str, zh("用工性质")]
    full_time: Annotated[bool, zh("专职")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]


class PayrollStaffPage(Out):
    items: Annotated[list[PayrollStaffOut], zh("应有证明的人员")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PayrollTemplateQuery(In):
    kindergarten: Annotated[UUID | None, zh("幼儿园", "With `month`: the people it has to name are filled in.")] = None
    month: Annotated[Day | None, zh("月份", "Any day of it.")] = None


class PayrollStaffQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"

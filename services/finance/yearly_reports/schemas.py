from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.yearly_reports.codes import AuditOpinion, ReportState
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh

LEDGER = "账簿科目3101余额;没有账簿的为空。"


class YearlyReportFiling(In):
    auditor: Annotated[str, zh("会计师事务所", min_length=1, max_length=100)]
    report_number: Annotated[str, zh("审计报告文号", min_length=1, max_length=100)]
    opinion: Annotated[AuditOpinion, zh("审计意见")]
    opening_net_assets: Annotated[Money, zh("年初非限定性净资产")]
    closing_net_assets: Annotated[Money, zh("年末非限定性净资产")]
    net_income: Annotated[Money | None, zh("年度净收益", "Of a for-profit kindergarten.")] = None
    development_fund: Annotated[Money, zh("计提发展基金", ge=0)]
    handed_in_on: Annotated[Day | None, zh("报送日期", "Today when left out; never later.")] = None


class YearlyReportDecision(In):
    accept: Annotated[bool, zh("受理")]
    handed_in_on: Annotated[Day | None, zh("收到日期", "Where the officer received it on another day.")] = None
    remark: Annotated[str, zh("意见", max_length=500)] = ""


class YearlyReportOut(Out):
    """A year's audited report, beside what the book of this platform says of the same account."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    year: Annotated[Count, zh("年度")]
    revision: Annotated[Count, zh("修订号")]
    auditor: Annotated[str, zh("会计师事务所")]
    report_number: Annotated[str, zh("审计报告文号")]
    opinion: Annotated[AuditOpinion, zh("审计意见")]
    opening_net_assets: Annotated[Money, zh("年初非限定性净资产")]
    closing_net_assets: Annotated[Money, zh("年末非限定性净资产")]
    ledger_opening: Annotated[Money | None, zh("账簿年初数", LEDGER)]
    ledger_closing: Annotated[Money | None, zh("账簿年末数", LEDGER)]
    net_income: Annotated[Money | None, zh("年度净收益")]
    development_fund: Annotated[Money, zh("计提发展基金")]
    handed_in_on: Annotated[date, zh("报送日期")]
    state: Annotated[ReportState, zh("状态")]
    filed_by: Annotated[str, zh("报送人")]
    decided_by: Annotated[str | None, zh("受理人")]
    remark: Annotated[str, zh("意见")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class YearlyReportDetail(YearlyReportOut):
    actions: Annotated[list[Offer], zh("可做的动作")]


class YearlyReportPage(Out):
    items: Annotated[list[YearlyReportOut], zh("年度报告")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class YearlyReportQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("年度")] = None
    state: Annotated[ReportState | None, zh("状态")] = None
    opinion: Annotated[AuditOpinion | None, zh("审计意见")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"


class ReportFindingOut(Out):
    """What is wrong with the report of a private kindergarten and year."""

    rule: Annotated[Literal["FIN-08", "FIN-09", "AUD-01"], zh("规则")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    year: Annotated[Count, zh("年度")]
    report: Annotated[UUID | None, zh("年度报告")]
    handed_in_on: Annotated[date | None, zh("报送日期")]
    due_on: Annotated[date | None, zh("应报日期")]
    amount: Annotated[Money, zh("少提金额")]
    zh: Annotated[str, zh("说明")]


class ReportFindingQuery(In):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    as_of: Annotated[Day | None, zh("截至日期", "Nothing is missing before it is due; today when left out.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None

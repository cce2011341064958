from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Code, Count, Day, Money, Out, Page, zh

SMALL = "Null where fewer people stand behind it than the dated least number (5 when none is set)."
RATIO = "Not established over established; null where either group is too small to be shown."


class PayrollFindingKind(Code):
    """What is wrong with somebody's month."""

    PROOF_MISSING = "proof_missing", "缺少证明", "no proof"
    PAY_MISSING = "pay_missing", "未发工资", "no pay"
    ARREARS = "arrears", "欠发工资", "arrears"
    INSURANCE_MISSING = "insurance_missing", "社会保险未缴全", "not all five insurances"
    FUND_MISSING = "fund_missing", "公积金未缴", "no housing fund"
    BELOW_MINIMUM_WAGE = "below_minimum_wage", "低于最低工资", "below the minimum wage"
    LATE_PAY = "late_pay", "逾期发放", "paid late"
    INSURANCE_BASE_LOW = "insurance_base_low", "社保基数低于下限", "insurance base under the limit"
    FUND_BASE_LOW = "fund_base_low", "公积金基数低于下限", "housing fund base under the limit"
    CONTRACT_MISSING = "contract_missing", "购买服务合同无效", "no purchased-service contract in force"
    INSURANCE_CONTRADICTED = (
        "insurance_contradicted",
        "社保缴纳与主管部门反馈不符",
        "insurance denied by the department",
    )
    FUND_CONTRADICTED = "fund_contradicted", "公积金缴存与主管部门反馈不符", "housing fund denied by the department"
    LABOUR_CONTRACT_MISSING = "labour_contract_missing", "缺少劳动合同", "no labour contract"


class PayrollFindingOut(Out):
    """Something wrong with one person's month. Personal: for those who file or check proofs."""

    place: Annotated[str, zh("位置")]
    rule: Annotated[str, zh("规则")]
    kind: Annotated[PayrollFindingKind, zh("问题")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    person: Annotated[UUID, zh("人员")]
    role: Annotated[str | None, zh("岗位", "Null: nobody with a post in the month.")]
    outsourced: Annotated[bool, zh("购买服务人员")]
    month: Annotated[date, zh("月份")]
    due_on: Annotated[date, zh("应发日期")]
    amount: Annotated[Money | None, zh("涉及金额", "What is owed or short, where that is a sum.")]


class PayrollFindingPage(Out):
    items: Annotated[list[PayrollFindingOut], zh("工资社保问题")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PayrollFindingQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    as_of: Annotated[Day | None, zh("截至日期", "Nothing is missing before it is due; today when left out.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    rule: Annotated[str | None, zh("规则", max_length=10)] = None
    kind: Annotated[PayrollFindingKind | None, zh("问题")] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"


class PayrollCoverageOut(Out):
    """How many people of a kindergarten are proven to be paid and insured in a month: numbers, never who."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    type: Annotated[str | None, zh("办园性质")]
    month: Annotated[date, zh("月份")]
    due_on: Annotated[date, zh("应发日期")]
    staff: Annotated[Count, zh("本园教职工数")]
    outsourced: Annotated[Count, zh("购买服务人员数")]
    proven: Annotated[Count, zh("已有证明人数")]
    paid_in_full: Annotated[Count, zh("足额发放人数")]
    paid_late: Annotated[Count, zh("逾期发放人数")]
    exempt: Annotated[Count, zh("免缴人数")]
    insured: Annotated[Count, zh("五险缴全人数")]
    with_fund: Annotated[Count, zh("缴存公积金人数")]
    at_least_minimum: Annotated[Count, zh("不低于最低工资人数", "0 while no minimum wage is set.")]
    arrears: Annotated[Money, zh("欠发合计")]
    overdue: Annotated[bool, zh("逾期未报全")]


class PayrollCoveragePage(Out):
    items: Annotated[list[PayrollCoverageOut], zh("工资社保保障情况")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PayrollCoverageQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    as_of: Annotated[Day | None, zh("截至日期", "Nothing is missing before it is due; today when left out.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    type: Annotated[Literal["public", "inclusive_private", "private"] | None, zh("办园性质")] = None
    overdue: Annotated[bool | None, zh("逾期未报全")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class PayAverageOut(Out):
    """Average pay of full-time staff of a kindergarten or of all of one type; outsourced workers are left out."""

    place: Annotated[str, zh("位置")]
    type: Annotated[str, zh("办园性质")]
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Null: all of this type.")]
    people: Annotated[Count | None, zh("人数", SMALL)]
    average: Annotated[Money | None, zh("平均应发工资", SMALL)]
    established_average: Annotated[Money | None, zh("编制内平均", SMALL)]
    others_average: Annotated[Money | None, zh("编制外平均", SMALL)]
    ratio: Annotated[str | None, zh("编制外与编制内之比", RATIO)]
    least_ratio: Annotated[str | None, zh("最低比例", "同工同酬: the dated least ratio; null when none is set.")]
    meets: Annotated[bool | None, zh("达标", "Public kindergartens only.")]
    suppressed: Annotated[bool, zh("因人数过少不显示")]


class PayAveragePage(Out):
    items: Annotated[list[PayAverageOut], zh("平均工资")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PayAverageQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    by: Annotated[Literal["type", "kindergarten"], zh("分组")] = "type"
    role: Annotated[str | None, zh("岗位", "Staff of this role only, such as teacher.", pattern=r"^[a-z_]{2,30}$")] = (
        None
    )
    sort: Annotated[Literal["place"], zh("排序")] = "place"

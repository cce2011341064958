"""The FIN rules this service enforces: what each says, how hard it is, where it is checked, by which authority."""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["block", "red", "warn"]
Topic = Literal["account", "payroll", "payment", "reporting"]


@dataclass(frozen=True, slots=True)
class FinanceRule:
    """`checked` says at which step it is applied, `topic` what an alert it raises is about.

    `parameters` are the dated numbers it reads: a name, or a name and the beginning of its key (`alert_number/fin_16`).
    """

    code: str
    zh: str
    en: str
    severity: Severity
    basis: str
    checked: str
    parameters: tuple[str, ...] = ()
    topic: Topic = "account"


RULES: Final = (
    FinanceRule(
        "FIN-01",
        "收费项目须经备案并公示;银行流水中的此类收款列为预警",
        "A charge needs a filed and published item; one seen on a bank statement becomes an alert",
        "block",
        "学前教育法 art. 69",
        "charges, bill-runs, bank-statements",
    ),
    FinanceRule(
        "FIN-02",
        "收费不得高于收费日执行的标准和上限",
        "A charge keeps to the standard and the ceiling in force on its day",
        "block",
        "学前教育法 art. 68",
        "fee-items, charges, bill-runs, bank-statements",
        ("fee_ceiling",),
    ),
    FinanceRule(
        "FIN-03",
        "入小学前一年幼儿免收的保育教育费不得收取",
        "The waived 保教费 of the last year before school is not charged",
        "block",
        "国办发〔2025〕27号;京财教育〔2025〕1486号",
        "charges, bill-runs",
        ("free_year_standard",),
    ),
    FinanceRule(
        "FIN-04",
        "不得跨学期预收",
        "No fee is taken beyond the term",
        "block",
        "发改价格〔2011〕3207号",
        "charges, bank-statements",
        ("term_start",),
    ),
    FinanceRule(
        "FIN-05",
        "非营利性民办园的资金往来须使用备案账户",
        "A non-profit kindergarten's money moves through filed accounts",
        "red",
        "民办教育促进法实施条例 art. 44",
        "bank-statements",
    ),
    FinanceRule(
        "FIN-06",
        "向举办者或关联方付款须有已披露并经审查的协议",
        "A payment to the founder or a related party needs a disclosed, reviewed agreement",
        "red",
        "民办教育促进法实施条例 art. 45",
        "bank-statements",
    ),
    FinanceRule(
        "FIN-07",
        "非营利性民办园不得分配、转移办学结余",
        "A non-profit kindergarten distributes or moves no surplus",
        "red",
        "民办教育促进法 art. 19",
        "bank-statements",
    ),
    FinanceRule(
        "FIN-08",
        "民办园每年按规定比例计提发展基金(非营利性按非限定性净资产增加额,营利性按净收益)",
        "A private kindergarten sets aside a dated share of the year's increase as its development fund",
        "warn",
        "民办教育促进法实施条例 art. 46",
        "yearly-reports, check-runs",
        ("alert_number/fin_08/",),
        "reporting",
    ),
    FinanceRule(
        "FIN-09",
        "民办园应在规定日期前报送经审计的年度财务报告",
        "A private kindergarten hands in its audited report by the due day",
        "red",
        "学前教育法 art. 70",
        "yearly-reports, check-runs",
        ("alert_number/fin_09/",),
        "reporting",
    ),
    FinanceRule(
        "FIN-10",
        "伙食账每月公布,学期盈亏不超过规定比例",
        "Meal money is published every month and its term is out by no more than the dated share",
        "warn",
        "托儿所幼儿园卫生保健工作规范(2012);学前教育法 art. 69",
        "meal-accounts, check-runs",
        ("alert_number/fin_10/", "term_start"),
        "reporting",
    ),
    FinanceRule(
        "FIN-11",
        "补助对象须满足项目规定的条件",
        "A payee of a subsidy meets the conditions of the programme",
        "block",
        "民办教育促进法实施条例;补助项目文件",
        "subsidy-runs",
        ("eligibility",),
    ),
    FinanceRule(
        "FIN-12",
        "拨付人数须与核定的在园人数一致",
        "What is paid rests on the certified headcount",
        "block",
        "补助项目文件",
        "subsidy-runs",
    ),
    FinanceRule(
        "FIN-13",
        "绩效评价为中、差的,下一年度预算应按规定调减或说明理由",
        "After a medium or poor review next year's budget falls by the dated factor, or it is explained",
        "warn",
        "预算法 art. 57;财预〔2020〕10号",
        "budgets",
        ("review_effect",),
    ),
    FinanceRule(
        "FIN-14",
        "工资、五项社会保险、住房公积金须逐月足额;缺证明、未发、欠发、未缴的列为预警",
        "Pay, the five insurances and the housing fund are due every month in full; what is missing becomes an alert",
        "red",
        "学前教育法 art. 46;民办教育促进法实施条例 art. 36",
        "payroll-findings, check-runs",
        ("alert_number/fin_14/",),
        "payroll",
    ),
    FinanceRule(
        "FIN-15",
        "全职教职工整月应发工资扣除个人缴纳后不得低于最低工资标准",
        "A full month's pay without the employee's own contributions is not below the minimum wage",
        "red",
        "学前教育法 art. 46;最低工资规定",
        "payroll-findings, check-runs",
        ("alert_number/fin_15/",),
        "payroll",
    ),
    FinanceRule(
        "FIN-16",
        "短期内大额提现、资金流出超过前期收入的规定比例",
        "Cash and transfers drain the account beyond a share of former income",
        "red",
        "民办教育促进法实施条例 art. 44(监管职责)",
        "bank-statements",
        ("alert_number/fin_16/",),
    ),
    FinanceRule(
        "AUD-01",
        "审计意见应为无保留意见",
        "The audit opinion is unqualified",
        "warn",
        "怀政办发〔2023〕16号 三(二)3-f",
        "yearly-reports, check-runs",
        topic="reporting",
    ),
    FinanceRule(
        "PAY-01",
        "工资应在规定日期前发放",
        "Pay is paid by its due day",
        "warn",
        "民办教育促进法实施条例 art. 36",
        "payroll-findings",
        ("alert_number/fin_14/",),
        "payroll",
    ),
    FinanceRule(
        "PAY-02",
        "社会保险、住房公积金缴费基数不得低于当年下限",
        "The bases of insurance and housing fund are not under the year's lower limits",
        "warn",
        "学前教育法 art. 46",
        "payroll-findings",
        ("alert_number/pay_02/",),
        "payroll",
    ),
    FinanceRule(
        "PAY-03",
        "购买服务人员须有有效的购买服务合同和劳动合同",
        "Workers of a purchased service stand on a contract in force and a labour contract of their own",
        "warn",
        "怀政办发〔2023〕16号 三(四)1-g",
        "payroll-findings",
        topic="payroll",
    ),
    FinanceRule(
        "PAY-04",
        "公办园编制外与编制内平均工资之比不低于规定比例",
        "In public kindergartens average pay outside the establishment reaches the dated share of that within",
        "warn",
        "教督〔2020〕1号 B7",
        "pay-averages",
        ("alert_number/pay_04/",),
        "payroll",
    ),
    FinanceRule(
        "PAY-05",
        "申报的社保、公积金缴纳情况须与主管部门反馈一致",
        "What was proven of insurance and housing fund agrees with what the departments in charge say",
        "red",
        "怀政办发〔2023〕16号 三(四)3-d",
        "payroll-findings, check-runs",
        topic="payroll",
    ),
    FinanceRule(
        "SVC-01",
        "购买服务内容须在购买服务目录内",
        "A purchased service is of a kind the dated catalogue allows",
        "warn",
        "怀政办发〔2023〕16号 三(四)1-f",
        "service-contracts",
        ("alert_number/svc_01/",),
        "payroll",
    ),
    FinanceRule(
        "RAD-01",
        "核定人数多于计数日在册幼儿数",
        "More children are certified than were enrolled on the day of counting",
        "red",
        "补助项目文件",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-02",
        "同一幼儿在计数日于两所幼儿园在册",
        "A child is enrolled in two kindergartens on the day of counting",
        "red",
        "京财教育〔2025〕1486号",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-03",
        "闭园日有出勤",
        "Attendance on days the kindergarten was closed",
        "red",
        "补助项目文件",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-04",
        "出勤人数逐日雷同",
        "The same attendance every day, or the same series in two classes",
        "warn",
        "补助项目文件",
        "improper-payments, check-runs",
        ("alert_number/rad_04/",),
        topic="payment",
    ),
    FinanceRule(
        "RAD-05",
        "核定人数超过班级人数上限",
        "More children are certified than the class may hold",
        "red",
        "幼儿园工作规程 art. 11",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-06",
        "离园幼儿仍计入核定人数",
        "Children who left are still counted",
        "red",
        "补助项目文件",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-07",
        "虚列人员:无岗位、全月未出勤或同时在两园专职",
        "Ghost staff: no post, never present, or two full-time posts",
        "red",
        "学前教育法 art. 71",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-08",
        "资金经关联链条流向举办者关联方",
        "Money reaches a related party through a chain of ownership or kinship",
        "red",
        "民办教育促进法实施条例 art. 45",
        "improper-payments, check-runs",
        topic="payment",
    ),
    FinanceRule(
        "RAD-09",
        "出勤人日超过在册人数与开园天数之积",
        "More child-days than children and open days allow",
        "red",
        "补助项目文件",
        "improper-payments, check-runs",
        topic="payment",
    ),
)
TOPICS: Final = {rule.code: rule.topic for rule in RULES}


def reads(rule: FinanceRule, name: str, key: str) -> bool:
    """Whether a dated number of that name and key is one the rule looks at."""
    return any(
        name == each or f"{name}/{key}".startswith(each) for each in rule.parameters if "/" in each or name == each
    )

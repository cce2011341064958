from typing import Annotated, Literal
from uuid import UUID

from services.finance.budgets.codes import BudgetState, FundLevel
from services.finance.parameters.schemas import Number
from services.finance.performance_reviews.codes import ReviewGrade
from shared.schemas import Count, Day, In, Money, Out, Page, zh

WHY = "Why it departs from what the review of the year before asks for."


class BudgetNew(In):
    level: Annotated[FundLevel, zh("资金层级")]
    programme: Annotated[str, zh("补助项目", pattern=r"^[a-z][a-z0-9_]{2,39}$")]
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    amount: Annotated[Money, zh("预算金额", ge=0)]
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    explanation: Annotated[str, zh("说明", WHY, max_length=1000)] = ""


class BudgetOut(Out):
    """Money allocated to a programme for a year."""

    id: Annotated[UUID, zh("编号")]
    level: Annotated[FundLevel, zh("资金层级")]
    programme: Annotated[str, zh("补助项目")]
    year: Annotated[Count, zh("年度")]
    amount: Annotated[Money, zh("预算金额")]
    document: Annotated[str, zh("文号")]
    explanation: Annotated[str, zh("说明")]
    state: Annotated[BudgetState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class BudgetPage(Out):
    items: Annotated[list[BudgetOut], zh("预算")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BudgetQuery(Page):
    year: Annotated[int | None, zh("年度")] = None
    level: Annotated[FundLevel | None, zh("资金层级")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    state: Annotated[BudgetState | None, zh("状态")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"


class BudgetDecision(In):
    approve: Annotated[bool, zh("同意")]


class ExecutionOut(Out):
    """预算执行: what was settled of a budget by the end of a month."""

    place: Annotated[str, zh("位置")]
    level: Annotated[FundLevel, zh("资金层级")]
    programme: Annotated[str, zh("补助项目")]
    month: Annotated[Count, zh("月份", "1 to 12")]
    allocated: Annotated[Money, zh("预算金额")]
    settled: Annotated[Money, zh("当月核定")]
    cumulative: Annotated[Money, zh("累计核定")]
    balance: Annotated[Money, zh("结余", "Allocated less settled.")]
    distributed: Annotated[Money, zh("当月拨付", "Paid to kindergartens in the month, whatever month it is for.")]
    cumulative_distributed: Annotated[Money, zh("累计拨付")]
    undistributed: Annotated[Money, zh("已核定未拨付")]
    spent: Annotated[Money, zh("当月使用", "Reported by kindergartens as spent in the month.")]
    cumulative_spent: Annotated[Money, zh("累计使用")]
    unspent: Annotated[Money, zh("已拨付未使用")]
    rate: Annotated[str | None, zh("执行率", "Settled; 0 to 1 with four places, empty without a budget.")]
    distribution_rate: Annotated[str | None, zh("拨付率", "Distributed; as above.")]


class ExecutionPage(Out):
    items: Annotated[list[ExecutionOut], zh("预算执行")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ExecutionQuery(Page):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    level: Annotated[FundLevel | None, zh("资金层级")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    month: Annotated[int | None, zh("月份", ge=1, le=12)] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"


class BudgetWarningOut(Out):
    """Something the budget of a year ought to have regarded."""

    rule: Annotated[str, zh("规则")]
    zh: Annotated[str, zh("说明")]
    level: Annotated[FundLevel | None, zh("资金层级")]
    programme: Annotated[str | None, zh("补助项目")]
    actual: Annotated[Money | None, zh("实际值")]
    bound: Annotated[Money | None, zh("应达值")]


class BudgetGuidanceOut(Out):
    """绩效结果应用: what last year's review asks of this year's allocation of one level to one programme."""

    level: Annotated[FundLevel, zh("资金层级")]
    programme: Annotated[str, zh("补助项目")]
    last: Annotated[Money, zh("上年预算")]
    grade: Annotated[ReviewGrade | None, zh("上年绩效等级", "Empty while last year is not reviewed.")]
    factor: Annotated[Number | None, zh("倍数", "Of the dated rule; empty when the grade has none.")]
    most: Annotated[Money | None, zh("预算上限")]
    planned: Annotated[Money | None, zh("本年预算")]
    explanation: Annotated[str, zh("说明")]
    followed: Annotated[bool, zh("已按绩效结果安排", "Or nothing is planned yet.")]


class BudgetTrendOut(Out):
    """One level's money of a year beside the year before: in total, and a child and month."""

    year: Annotated[Count, zh("年度")]
    level: Annotated[FundLevel, zh("资金层级")]
    allocated: Annotated[Money, zh("预算金额")]
    settled: Annotated[Money, zh("核定金额", "For the months of the year.")]
    distributed: Annotated[Money, zh("拨付金额", "Paid in the year.")]
    child_months: Annotated[Count, zh("幼儿月数")]
    per_child: Annotated[Money | None, zh("每生每月")]
    change: Annotated[Money | None, zh("预算较上年增减")]
    change_rate: Annotated[str | None, zh("预算较上年增幅")]
    change_per_child: Annotated[Money | None, zh("每生每月较上年增减")]
    below_last_year: Annotated[bool, zh("低于上年")]


class BudgetTrendPage(Out):
    items: Annotated[list[BudgetTrendOut], zh("资金趋势")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BudgetTrendQuery(Page):
    level: Annotated[FundLevel | None, zh("资金层级")] = None
    sort: Annotated[Literal["-place", "place"], zh("排序")] = "-place"


class WarningQuery(In):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    as_of: Annotated[Day | None, zh("截至日期", "For the pace of spending; today when left out.")] = None

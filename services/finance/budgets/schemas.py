from typing import Annotated, Literal
from uuid import UUID

from services.finance.budgets.codes import BudgetState, FundLevel
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
    balance: Annotated[Money, zh("结余")]
    rate: Annotated[str | None, zh("执行率", "0 to 1 with four places; empty without a budget.")]


class ExecutionPage(Out):
    items: Annotated[list[ExecutionOut], zh("预算执行")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ExecutionQuery(Page):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    sort: Annotated[Literal["place"], zh("排序")] = "place"


class BudgetWarningOut(Out):
    """Something the budget of a year ought to have regarded."""

    rule: Annotated[str, zh("规则")]
    zh: Annotated[str, zh("说明")]


class WarningQuery(In):
    year: Annotated[int, zh("年度", ge=2000, le=2100)]
    as_of: Annotated[Day | None, zh("截至日期", "For the pace of spending; today when left out.")] = None

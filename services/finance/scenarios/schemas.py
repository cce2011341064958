from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.finance.account_titles.codes import ValueTag
from services.finance.allocations.rules import MoneyDimension
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.schemas import Number
from services.finance.programmes.schemas import Type
from services.finance.scenarios.codes import Cause, ScenarioOutcome, ScenarioState
from services.finance.scenarios.rules import MOST_MONTHS, months_between
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh

Place = Annotated[
    str | None, zh("区划", "This division and all below it; everywhere when left out.", pattern=r"^\d{6,12}$")
]
Key = Annotated[str, zh("键", "As of the parameter.", pattern=r"^[a-z0-9_*]+(/[a-z0-9_*]+)*$", max_length=120)]


class EnrolmentAssumption(In):
    """在园人数假设: how many times the certified children there will be."""

    division: Place = None
    type: Annotated[Type | None, zh("办园性质")] = None
    factor: Annotated[Number, zh("倍数", "1 is as certified.", ge=0, le=10, max_digits=8, decimal_places=4)]


class FeeAssumption(In):
    """收费假设: the monthly 保教费 of some kindergartens, as an amount or as a multiple of today's."""

    division: Place = None
    type: Annotated[Type | None, zh("办园性质")] = None
    amount: Annotated[Money | None, zh("每月保教费", ge=0)] = None
    factor: Annotated[Number | None, zh("倍数", ge=0, le=10, max_digits=8, decimal_places=4)] = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.amount is None) == (self.factor is None):
            raise PydanticCustomError("amount_or_factor", "either `amount` or `factor`")
        return self


class NumberChange(In):
    """One rule changed: the value of that name, key and first day becomes this one."""

    name: Annotated[ParameterName, zh("参数")]
    key: Key
    value: Annotated[Number | None, zh("值", "Empty is without limit.", max_digits=16, decimal_places=4)] = None
    since: Annotated[Day, zh("生效日期")]
    until: Annotated[Day | None, zh("失效日期", "The first day it no longer holds.")] = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.until and self.until <= self.since:
            raise PydanticCustomError("period_backwards", "`until` must be later than `since`")
        return self


class Frame(In):
    """Months and assumptions of a scenario."""

    since: Annotated[Day, zh("起始月份", "Any day of it.")]
    until: Annotated[Day, zh("截止月份", "The first month that is left out; at most three years on.")]
    enrolment: Annotated[tuple[EnrolmentAssumption, ...], zh("在园人数假设"), Field(max_length=200)] = ()
    fees: Annotated[tuple[FeeAssumption, ...], zh("收费假设"), Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _months(self) -> Self:
        if not 1 <= months_between(self.since, self.until) <= MOST_MONTHS:
            raise PydanticCustomError("months", "a scenario covers 1 to 36 months")
        return self


class ScenarioNew(Frame):
    name: Annotated[str, zh("方案名称", min_length=1, max_length=100)]
    purpose: Annotated[str, zh("目的", max_length=1000)] = ""
    programmes: Annotated[
        tuple[str, ...] | None,
        zh("补助项目", "All approved ones when left out; a proposed one is simulated as if it were approved."),
        Field(max_length=100),
    ] = None
    changes: Annotated[tuple[NumberChange, ...], zh("调整"), Field(max_length=500)] = ()
    based_on: Annotated[UUID | None, zh("底稿", "A scenario whose changes are taken over first.")] = None


class ScenarioChange(Frame):
    """New months and assumptions; what was simulated is dropped."""


class ScenarioProposal(In):
    document: Annotated[str, zh("文号", "Under which the changed numbers will hold.", min_length=1, max_length=200)]
    tag: Annotated[ValueTag, zh("来源标记")]
    reason: Annotated[str, zh("理由", min_length=1, max_length=2000)]


class ScenarioDecision(In):
    approve: Annotated[bool, zh("同意")]
    remark: Annotated[str, zh("意见", max_length=2000)] = ""


class ScenarioRow(Out):
    """A scenario, as lists show it."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("方案名称")]
    purpose: Annotated[str, zh("目的")]
    since: Annotated[date, zh("起始月份")]
    until: Annotated[date, zh("截止月份")]
    programmes: Annotated[list[str], zh("补助项目")]
    enrolment: Annotated[list[dict[str, Any]], zh("在园人数假设")]
    fees: Annotated[list[dict[str, Any]], zh("收费假设")]
    based_on: Annotated[UUID | None, zh("底稿")]
    state: Annotated[ScenarioState, zh("状态")]
    job: Annotated[UUID | None, zh("测算任务")]
    inputs: Annotated[dict[str, Any], zh("测算依据", "How far the feeds were read, and when.")]
    document: Annotated[str | None, zh("文号")]
    tag: Annotated[ValueTag | None, zh("来源标记")]
    reason: Annotated[str, zh("理由")]
    remark: Annotated[str, zh("审批意见")]
    made_by: Annotated[str, zh("编制人")]
    proposed_by: Annotated[str | None, zh("提请人")]
    decided_by: Annotated[str | None, zh("审批人")]
    decided_at: Annotated[datetime | None, zh("审批时间")]
    version: Annotated[Count, zh("版本")]
    created_at: Annotated[datetime, zh("记录时间")]


class ScenarioOut(ScenarioRow):
    """A scenario, its results in one line each, and what may be done with it."""

    changes: Annotated[Count, zh("调整项数")]
    in_force: Annotated[Money | None, zh("现行规则下合计")]
    scenario: Annotated[Money | None, zh("方案合计")]
    difference: Annotated[Money | None, zh("差额")]
    division: Annotated[str, zh("区划")]
    actions: Annotated[list[Offer], zh("可办事项")]


class ScenarioPage(Out):
    items: Annotated[list[ScenarioRow], zh("测算方案")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ScenarioQuery(Page):
    state: Annotated[ScenarioState | None, zh("状态")] = None
    sort: Annotated[Literal["-created_at", "created_at"], zh("排序")] = "-created_at"


class ScenarioNumberOut(Out):
    """One number of the copy: in force, changed or new."""

    id: Annotated[UUID, zh("编号")]
    parameter: Annotated[UUID | None, zh("现行参数", "Empty for a new number.")]
    name: Annotated[ParameterName, zh("参数")]
    key: Annotated[str, zh("键")]
    since: Annotated[date, zh("生效日期")]
    until: Annotated[date | None, zh("失效日期")]
    former: Annotated[Number | None, zh("现行值")]
    value: Annotated[Number | None, zh("方案值")]
    changed: Annotated[bool, zh("已调整")]
    document: Annotated[str, zh("现行文号")]
    tag: Annotated[ValueTag, zh("来源标记")]


class ScenarioNumberPage(Out):
    items: Annotated[list[ScenarioNumberOut], zh("方案参数")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ScenarioNumberQuery(Page):
    name: Annotated[ParameterName | None, zh("参数")] = None
    changed: Annotated[bool | None, zh("已调整")] = None
    sort: Annotated[Literal["key"], zh("排序")] = "key"


class ScenarioBudgetOut(Out):
    """Money of a group under the rules in force and under the scenario."""

    key: Annotated[str, zh("分组")]
    label: Annotated[str, zh("名称")]
    in_force: Annotated[Money, zh("现行规则")]
    scenario: Annotated[Money, zh("方案")]
    difference: Annotated[Money, zh("差额")]
    share_in_force: Annotated[str | None, zh("现行占比", "0 to 1 with four places.")]
    share: Annotated[str | None, zh("方案占比", "0 to 1 with four places.")]
    kindergartens: Annotated[Count, zh("幼儿园数")]
    child_months: Annotated[Count, zh("幼儿月数")]
    per_child_in_force: Annotated[Money | None, zh("现行每生每月")]
    per_child: Annotated[Money | None, zh("方案每生每月")]


class ScenarioBudgetPage(Out):
    items: Annotated[list[ScenarioBudgetOut], zh("方案预算")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ScenarioBudgetQuery(Page):
    by: Annotated[MoneyDimension, zh("分组方式")] = MoneyDimension.MONTH
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    sort: Annotated[Literal["key"], zh("排序")] = "key"


class ScenarioEffectOut(Out):
    """What a scenario means for one kindergarten and its families, in the scenario's months and a child and month."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    type: Annotated[str | None, zh("办园性质")]
    village_level: Annotated[bool, zh("村级公办园")]
    child_months: Annotated[Count, zh("幼儿月数")]
    in_force: Annotated[Money, zh("现行补助")]
    scenario: Annotated[Money, zh("方案补助")]
    difference: Annotated[Money, zh("差额")]
    outcome: Annotated[ScenarioOutcome, zh("影响")]
    subsidy_in_force: Annotated[Money | None, zh("现行每生每月补助")]
    subsidy: Annotated[Money | None, zh("方案每生每月补助")]
    fee_in_force: Annotated[Money | None, zh("现行保教费", "A month, within the ceiling in force.")]
    fee: Annotated[Money | None, zh("方案保教费", "A month, within the scenario's ceiling.")]
    income: Annotated[Number | None, zh("家庭年可支配收入")]
    burden_in_force: Annotated[str | None, zh("现行收费负担", "Fee as a share of household income; four places.")]
    burden: Annotated[str | None, zh("方案收费负担", "Fee as a share of household income; four places.")]
    cost: Annotated[Money | None, zh("每生每月成本", "By the books of the twelve months before the scenario.")]
    gap_in_force: Annotated[Money | None, zh("现行缺口", "Cost less subsidy and fee.")]
    gap: Annotated[Money | None, zh("方案缺口", "Cost less subsidy and fee.")]


class ScenarioEffectPage(Out):
    items: Annotated[list[ScenarioEffectOut], zh("方案影响")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ScenarioEffectQuery(Page):
    outcome: Annotated[ScenarioOutcome | None, zh("影响")] = None
    type: Annotated[Type | None, zh("办园性质")] = None
    division: Place = None
    sort: Annotated[Literal["difference", "-difference", "name"], zh("排序")] = "difference"


class ScenarioLineOut(Out):
    """What one programme gives one kindergarten in one month."""

    id: Annotated[UUID, zh("编号")]
    rules: Annotated[Literal["in_force", "scenario"], zh("规则")]
    programme: Annotated[str, zh("补助项目")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    entitled: Annotated[Money, zh("金额")]
    municipal: Annotated[Money, zh("市级资金")]
    unmet: Annotated[list[str], zh("未满足条件")]


class ScenarioLinePage(Out):
    items: Annotated[list[ScenarioLineOut], zh("测算明细")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ScenarioLineQuery(Page):
    rules: Annotated[Literal["in_force", "scenario"] | None, zh("规则")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    month: Annotated[Day | None, zh("月份", "Its first day.")] = None
    sort: Annotated[Literal["id"], zh("排序")] = "id"


class DeviationOut(Out):
    """What was settled beside what the approved scenario said, and why they differ."""

    line: Annotated[UUID, zh("测算明细")]
    programme: Annotated[str, zh("补助项目")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    simulated: Annotated[Money, zh("测算金额")]
    settled: Annotated[Money | None, zh("核定金额", "Empty while no run has settled the month.")]
    difference: Annotated[Money | None, zh("差额")]
    causes: Annotated[list[Cause], zh("原因")]


class DeviationPage(Out):
    items: Annotated[list[DeviationOut], zh("执行偏差")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DeviationQuery(Page):
    differs: Annotated[bool | None, zh("有差额", "Only lines settled otherwise, or only those as simulated.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"


class ScenarioExplanationOut(Out):
    """One simulated line in sentences; when it was settled otherwise, why."""

    line: Annotated[UUID, zh("测算明细")]
    amount: Annotated[Money, zh("金额")]
    sentences: Annotated[list[str], zh("说明")]
    deviation: Annotated[list[str], zh("与核定结果的差异")]
    facts: Annotated[dict[str, Any], zh("计算依据")]


Assumed = tuple[EnrolmentAssumption, ...] | tuple[FeeAssumption, ...]


def spelled(assumptions: Assumed) -> list[dict[str, Any]]:
    """As they are stored: numbers as text, what was left out left out."""
    return [
        {name: str(value) if isinstance(value, Decimal) else value for name, value in each if value is not None}
        for each in assumptions
    ]

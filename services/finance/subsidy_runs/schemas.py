from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from services.finance.subsidy_runs.codes import RunState
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class SubsidyRunNew(In):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    programmes: Annotated[list[str] | None, zh("补助项目", "Codes; every approved programme when left out.")] = None


class SubsidyRunOut(Out):
    """A run and where it stands."""

    id: Annotated[UUID, zh("编号")]
    month: Annotated[date, zh("月份")]
    programmes: Annotated[list[str], zh("补助项目")]
    state: Annotated[RunState, zh("状态")]
    job: Annotated[UUID | None, zh("测算任务")]
    lines: Annotated[Count, zh("明细数")]
    total: Annotated[Money, zh("合计金额")]
    inputs: Annotated[dict[str, Any], zh("测算依据快照", "Where each feed stood, and when the run was prepared.")]
    prepared_by: Annotated[str, zh("测算人")]
    approved_by: Annotated[str | None, zh("审批人")]
    created_at: Annotated[datetime, zh("创建时间")]
    version: Annotated[Count, zh("版本")]


class SubsidyRunPage(Out):
    items: Annotated[list[SubsidyRunOut], zh("补助批次")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SubsidyRunQuery(Page):
    state: Annotated[RunState | None, zh("状态")] = None
    month: Annotated[Day | None, zh("月份", "Its first day.")] = None
    sort: Annotated[Literal["-month", "month"], zh("排序")] = "-month"


class SubsidyLineOut(Out):
    """What a run settles of one programme, kindergarten and month."""

    id: Annotated[UUID, zh("编号")]
    run: Annotated[UUID, zh("补助批次")]
    programme: Annotated[str, zh("补助项目")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("所属月份")]
    entitled: Annotated[Money, zh("应享受金额")]
    settled: Annotated[Money, zh("以前已核定金额")]
    amount: Annotated[Money, zh("本次金额")]
    municipal: Annotated[Money, zh("市级资金")]
    district: Annotated[Money, zh("区级资金")]
    unmet: Annotated[list[str], zh("未满足的条件")]
    headcount_revision: Annotated[Count | None, zh("人数核定修订号")]


class SubsidyLinePage(Out):
    items: Annotated[list[SubsidyLineOut], zh("补助明细")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SubsidyLineQuery(Page):
    run: Annotated[UUID | None, zh("补助批次")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    month: Annotated[Day | None, zh("所属月份")] = None
    sort: Annotated[Literal["id", "-id"], zh("排序")] = "id"


class ExplanationOut(Out):
    """Why a line is the amount it is: in sentences, and everything it was computed from."""

    line: Annotated[UUID, zh("明细编号")]
    amount: Annotated[Money, zh("本次金额")]
    sentences: Annotated[list[str], zh("说明")]
    facts: Annotated[dict[str, Any], zh("计算依据")]


class ComparisonOut(Out):
    """One programme of one kindergarten beside the run before."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    programme: Annotated[str, zh("补助项目")]
    current: Annotated[Money, zh("本批当月金额")]
    corrections: Annotated[Money, zh("本批差额调整")]
    former: Annotated[Money, zh("上月当月金额")]
    difference: Annotated[Money, zh("当月较上月增减")]


class ComparisonPage(Out):
    items: Annotated[list[ComparisonOut], zh("对比")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ComparisonQuery(Page):
    sort: Annotated[Literal["kindergarten_name"], zh("排序")] = "kindergarten_name"

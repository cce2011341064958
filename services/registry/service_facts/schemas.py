from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.divisions.schemas import DIVISION
from services.registry.service_facts.codes import InspectionResult
from shared.schemas import UNSENT, Count, In, Out, Page, zh


class StandingInspection(Out):
    """年检 of a year, as quality last decided it."""

    year: Annotated[Count, zh("年度")]
    revision: Annotated[Count, zh("修订号")]
    result: Annotated[InspectionResult, zh("结论")]
    vetoed: Annotated[bool, zh("一票否决")]
    reasons: Annotated[list[str], zh("理由")]
    effective_from: Annotated[date, zh("生效日期")]
    document: Annotated[str, zh("文号")]


class StandingEvaluation(Out):
    """办园质量督导评估, published."""

    framework: Annotated[str, zh("评估标准")]
    framework_version: Annotated[str, zh("标准版本")]
    grade: Annotated[str, zh("等级")]
    qualified: Annotated[bool, zh("合格")]
    status: Annotated[Literal["provisional", "final"], zh("公布状态")]
    published_on: Annotated[date, zh("公布日期")]


class StandingHazard(Out):
    """重大隐患, listed or removed."""

    hazard: Annotated[UUID, zh("隐患编号")]
    state: Annotated[Literal["listed", "removed"], zh("状态")]
    on: Annotated[date, zh("日期")]
    due: Annotated[date | None, zh("整改期限")]


class StandingAlert(Out):
    """An alert on a supervised account; it counts once it is confirmed."""

    alert: Annotated[UUID, zh("预警编号")]
    rule: Annotated[str, zh("规则")]
    state: Annotated[Literal["raised", "confirmed", "dismissed"], zh("状态")]
    on: Annotated[date, zh("日期")]


class StandingPenalty(Out):
    """A penalty decided against the kindergarten."""

    case: Annotated[UUID, zh("案件编号")]
    decision: Annotated[str, zh("决定")]
    basis: Annotated[str, zh("依据")]
    decided_on: Annotated[date, zh("决定日期")]


class PublicStanding(Out):
    """What anybody may know of how a kindergarten was inspected and evaluated, the latest first."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    inspections: Annotated[list[StandingInspection], zh("年检结论")]
    evaluations: Annotated[list[StandingEvaluation], zh("督导评估")]


class KindergartenStanding(PublicStanding):
    """What quality, safety and finance say of a kindergarten, the latest first."""

    hazards: Annotated[list[StandingHazard], zh("重大隐患")]
    alerts: Annotated[list[StandingAlert], zh("资金账户预警")]
    penalties: Annotated[list[StandingPenalty], zh("行政处罚")]
    open_hazards: Annotated[Count, zh("未销号重大隐患数")]
    confirmed_alerts: Annotated[Count, zh("已确认的账户预警数")]


class StandingRow(Out):
    """A kindergarten by what is known of it elsewhere."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    inspection_year: Annotated[Count | None, zh("最近年检年度")]
    inspection_result: Annotated[InspectionResult | None, zh("最近年检结论")]
    vetoed: Annotated[bool | None, zh("一票否决")]
    grade: Annotated[str | None, zh("最近评估等级")]
    qualified: Annotated[bool | None, zh("评估合格")]
    open_hazards: Annotated[Count, zh("未销号重大隐患数")]
    confirmed_alerts: Annotated[Count, zh("已确认的账户预警数")]
    penalties: Annotated[Count, zh("行政处罚数")]
    synthetic: Annotated[bool, zh("演示数据")]


class StandingPage(Out):
    items: Annotated[list[StandingRow], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StandingQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    inspection_result: Annotated[InspectionResult, zh("最近年检结论")] = UNSENT
    vetoed: Annotated[bool, zh("一票否决")] = UNSENT
    qualified: Annotated[bool, zh("评估合格")] = UNSENT
    hazards: Annotated[bool, zh("有未销号重大隐患")] = UNSENT
    alerts: Annotated[bool, zh("有已确认的账户预警")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"


class UnlicensedQuery(In):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT


class UnlicensedTown(Out):
    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("名称")]
    open: Annotated[Count, zh("未销案件数")]
    children: Annotated[Count, zh("未安置幼儿数")]


class UnlicensedCount(Out):
    """无证园 not closed yet, town by town. REG-19 is red as long as there is one."""

    rule: Annotated[Literal["REG-19"], zh("规则编号")]
    severity: Annotated[Literal["red"], zh("等级")]
    basis: Annotated[str, zh("依据")]
    met: Annotated[bool, zh("已清零")]
    open: Annotated[Count, zh("未销案件数")]
    children: Annotated[Count, zh("未安置幼儿数")]
    towns: Annotated[list[UnlicensedTown], zh("分乡镇")]

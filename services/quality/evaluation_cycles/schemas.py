from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, In, Out, Page, zh


class EvaluationCycleNew(In):
    framework: Annotated[str, zh("评估标准", max_length=40)] = "beijing-supervision"
    first_year: Annotated[int, zh("首年", ge=2020, le=2100)]


class EvaluationTeam(In):
    team: Annotated[list[str], zh("评估小组账号", min_length=2, max_length=12)]


class EvaluationWorkload(Out):
    account: Annotated[str, zh("账号")]
    year: Annotated[int, zh("年度")]
    kindergartens: Annotated[Count, zh("园所数")]


class EvaluationCycleOut(Out):
    """A cycle and how it goes: everything planned, what is done, what lags."""

    id: Annotated[UUID, zh("编号")]
    framework: Annotated[str, zh("评估标准")]
    first_year: Annotated[int, zh("首年")]
    years: Annotated[int, zh("年数")]
    team_size: Annotated[int, zh("小组人数")]
    seed: Annotated[str, zh("随机种子", "Published, so that the order can be checked.")]
    planned_by: Annotated[str, zh("制定人")]
    planned_at: Annotated[datetime, zh("制定时刻")]
    planned: Annotated[Count, zh("已计划园所数")]
    done: Annotated[Count, zh("已完成园所数")]
    late: Annotated[Count, zh("逾期园所数")]
    unstaffed: Annotated[Count, zh("人员不足的园所数")]
    left_out: Annotated[list[UUID], zh("未列入计划的在办园所", "QUA-02: planned by the next replan.")]
    workload: Annotated[list[EvaluationWorkload], zh("工作量")]


class EvaluationPlanOut(Out):
    id: Annotated[UUID, zh("编号")]
    cycle: Annotated[UUID, zh("周期")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    year: Annotated[int, zh("计划年度")]
    team: Annotated[list[str], zh("评估小组")]
    missing: Annotated[Count, zh("缺员")]
    done_on_year: Annotated[int | None, zh("完成年度")]
    drift: Annotated[int, zh("滞后年数", "Years behind the plan: of the end, or of today while it is not done.")]


class EvaluationPlanPage(Out):
    items: Annotated[list[EvaluationPlanOut], zh("计划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EvaluationPlanQuery(Page):
    cycle: Annotated[UUID | None, zh("周期")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("计划年度", ge=2020, le=2100)] = None
    sort: Annotated[Literal["year", "-year", "kindergarten_name"], zh("排序")] = "year"

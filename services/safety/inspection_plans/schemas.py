from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.schemas import Count, Day, In, Out, Page, zh


class InspectionPlanPut(In):
    document: Annotated[str, zh("文号", min_length=1, max_length=100)]
    adopted_on: Annotated[Day, zh("制定日期")]
    departments: Annotated[list[str], zh("联合部门", max_length=20)] = Field(default=[])
    checklists: Annotated[list[str], zh("检查表代码", min_length=1, max_length=20)]
    visits_each: Annotated[int, zh("每园每年检查次数", ge=1, le=50)]
    random_percent: Annotated[int, zh("随机抽查占比", "Percent of the visits at least.", ge=0, le=100)] = 0
    joint_visits: Annotated[int, zh("联合检查次数", "Over the whole division at least.", ge=0, le=10_000)] = 0
    note: Annotated[str, zh("说明", max_length=2000)] = ""
    synthetic: Annotated[bool, zh("演示数据")] = False


class InspectionPlanOut(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    year: Annotated[Count, zh("年份")]
    document: Annotated[str, zh("文号")]
    adopted_on: Annotated[date, zh("制定日期")]
    departments: Annotated[list[str], zh("联合部门")]
    checklists: Annotated[list[str], zh("检查表代码")]
    visits_each: Annotated[Count, zh("每园每年检查次数")]
    random_percent: Annotated[Count, zh("随机抽查占比")]
    joint_visits: Annotated[Count, zh("联合检查次数")]
    note: Annotated[str, zh("说明")]
    made_by: Annotated[str, zh("制定人")]
    synthetic: Annotated[bool, zh("演示数据")]
    updated_at: Annotated[datetime, zh("更新时刻")]
    version: Annotated[Count, zh("版本")]


class InspectionPlanPage(Out):
    items: Annotated[list[InspectionPlanOut], zh("年度检查计划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class InspectionPlanQuery(Page):
    year: Annotated[int | None, zh("年份", ge=2000, le=2100)] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"


class PlanProgressQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None


class PlaceBehind(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    visits: Annotated[Count, zh("已检查次数")]
    planned: Annotated[Count, zh("待检查次数", "On the plan and not made yet.")]


class InspectionPlanProgress(Out):
    """What a year's plan asked for and what was done of it."""

    division: Annotated[str, zh("区划")]
    year: Annotated[Count, zh("年份")]
    kindergartens: Annotated[Count, zh("正常办园数")]
    complete: Annotated[Count, zh("达到计划次数的园数")]
    visits: Annotated[Count, zh("已检查次数")]
    asked: Annotated[Count, zh("应检查次数")]
    random: Annotated[Count, zh("随机抽查次数")]
    joint: Annotated[Count, zh("联合检查次数")]
    shared: Annotated[Count, zh("结果已共享次数")]
    random_met: Annotated[bool, zh("随机抽查占比达标")]
    joint_met: Annotated[bool, zh("联合检查次数达标")]
    behind: Annotated[list[PlaceBehind], zh("未达到计划次数的幼儿园")]

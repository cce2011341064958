from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.research_zones.codes import ResearchLevel
from shared.schemas import Count, Day, In, Out, Page, zh


class PlannedActivityIn(In):
    on: Annotated[Day, zh("计划日期")]
    topic: Annotated[str, zh("主题", min_length=1, max_length=200)]
    output: Annotated[str, zh("预期成果", max_length=500)] = ""


class ResearchPlanNew(In):
    level: Annotated[ResearchLevel, zh("层级")]
    zone: Annotated[UUID | None, zh("片区或联盟", "Of a plan of that level.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Of a kindergarten's own plan 园本教研.")] = None
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    goals: Annotated[str, zh("目标", min_length=1, max_length=4000)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期")]
    planned: Annotated[list[PlannedActivityIn], zh("计划活动", min_length=1, max_length=100)]


class ResearchPlanRating(In):
    rating: Annotated[int, zh("评价", "By a researcher, 1 to 5, of the plan and its carrying out.", ge=1, le=5)]
    comment: Annotated[str, zh("评语", min_length=1, max_length=2000)]


class PlannedActivity(Out):
    on: Annotated[date, zh("计划日期")]
    topic: Annotated[str, zh("主题")]
    output: Annotated[str, zh("预期成果")]


class ResearchPlanOut(Out):
    id: Annotated[UUID, zh("编号")]
    level: Annotated[ResearchLevel, zh("层级")]
    zone: Annotated[UUID | None, zh("片区或联盟")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    title: Annotated[str, zh("名称")]
    goals: Annotated[str, zh("目标")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期")]
    planned: Annotated[list[PlannedActivity], zh("计划活动")]
    held: Annotated[Count, zh("已开展次数", "Activities recorded under this plan.")]
    due: Annotated[Count, zh("应开展次数", "Planned until today.")]
    behind: Annotated[bool, zh("落后于计划")]
    filed_by: Annotated[str, zh("填报人")]
    rating: Annotated[int | None, zh("评价")]
    comment: Annotated[str | None, zh("评语")]
    rated_by: Annotated[str | None, zh("评价人")]


class ResearchPlanPage(Out):
    items: Annotated[list[ResearchPlanOut], zh("教研计划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ResearchPlanQuery(Page):
    level: Annotated[ResearchLevel | None, zh("层级")] = None
    zone: Annotated[UUID | None, zh("片区或联盟")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    behind: Annotated[bool | None, zh("落后于计划")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

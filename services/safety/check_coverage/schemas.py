from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Day, In, Out, Page, zh


class CheckCoverageRow(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    due: Annotated[Count, zh("应查次数", "Whose period was over before the day asked for.")]
    made: Annotated[Count, zh("已查次数")]
    missed: Annotated[Count, zh("漏查次数")]
    percent: Annotated[float | None, zh("完成率", "null: nothing was due.")]


class CheckCoveragePage(Out):
    items: Annotated[list[CheckCoverageRow], zh("自查覆盖")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class CheckCoverageQuery(Page):
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    as_of: Annotated[Day | None, zh("学期内的一天", "The term up to this day; left out: today.")] = None
    checklist: Annotated[str | None, zh("检查表代码", "Left out: all.", max_length=50)] = None
    complete: Annotated[bool | None, zh("无漏查", "false: the list of those that missed one.")] = None
    sort: Annotated[Literal["-missed", "missed", "name", "-name"], zh("排序")] = "-missed"


class CheckCoverageDay(In):
    division: Annotated[str, zh("区划", pattern=r"^\d{6,12}$")] = "110116"
    as_of: Annotated[Day | None, zh("学期内的一天", "The term up to this day; left out: today.")] = None
    checklist: Annotated[str | None, zh("检查表代码", "Left out: all.", max_length=50)] = None


class CheckCoverageSummary(Out):
    since: Annotated[date, zh("学期首日")]
    until: Annotated[date, zh("截至日期", "Not counted: a check is due when its period is over.")]
    kindergartens: Annotated[Count, zh("正常办园数")]
    complete: Annotated[Count, zh("无漏查园数")]
    due: Annotated[Count, zh("应查次数")]
    made: Annotated[Count, zh("已查次数")]
    missed: Annotated[Count, zh("漏查次数")]
    percent: Annotated[float | None, zh("完成率")]

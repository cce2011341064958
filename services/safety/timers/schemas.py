from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Day, Out, Page, zh


class TimerOut(Out):
    """A day on which something happens to a case by itself, or did."""

    id: Annotated[UUID, zh("编号")]
    concept: Annotated[str, zh("事项类别")]
    subject: Annotated[UUID, zh("事项编号")]
    step: Annotated[str, zh("步骤")]
    due_on: Annotated[date, zh("应发生日期")]
    told: Annotated[list[str], zh("告知角色")]
    basis: Annotated[str, zh("依据")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    fired_on: Annotated[date | None, zh("实际发生日期", "Later than `due_on` when no worker ran on that day.")]


class TimerPage(Out):
    items: Annotated[list[TimerOut], zh("时限")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TimerQuery(Page):
    concept: Annotated[str | None, zh("事项类别", max_length=40)] = None
    subject: Annotated[UUID | None, zh("事项编号")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    fired: Annotated[bool | None, zh("已发生")] = None
    due_from: Annotated[Day | None, zh("不早于")] = None
    due_before: Annotated[Day | None, zh("早于")] = None
    sort: Annotated[Literal["due_on", "-due_on"], zh("排序")] = "due_on"

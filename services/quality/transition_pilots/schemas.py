from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.primary_schools.schemas import SCHOOL
from services.quality.transition_pilots.codes import PilotLevel
from shared.schemas import Count, Day, In, Out, Page, zh


class TransitionPilotNew(In):
    """One of kindergarten and school is named."""

    kindergarten: Annotated[UUID | None, zh("试点园")] = None
    school: Annotated[str | None, zh("试点校", pattern=SCHOOL)] = None
    level: Annotated[PilotLevel, zh("级别")]
    topic: Annotated[str, zh("试点项目", min_length=1, max_length=200)]
    since: Annotated[Day, zh("开始日期")]
    until: Annotated[Day, zh("结束日期", "The first day after the term of the pilot.")]


class TransitionPilotConclusion(In):
    results: Annotated[str, zh("成果", min_length=1, max_length=4000)]
    spread: Annotated[str, zh("推广", "Where the experience goes; empty: it does not.", max_length=2000)] = ""


class TransitionPilotOut(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("试点园")]
    school: Annotated[str | None, zh("试点校")]
    name: Annotated[str, zh("名称")]
    level: Annotated[PilotLevel, zh("级别")]
    topic: Annotated[str, zh("试点项目")]
    since: Annotated[date, zh("开始日期")]
    until: Annotated[date, zh("结束日期")]
    results: Annotated[str | None, zh("成果")]
    spread: Annotated[str | None, zh("推广")]
    concluded_on: Annotated[date | None, zh("总结日期")]
    overdue: Annotated[bool, zh("到期未总结")]


class TransitionPilotPage(Out):
    items: Annotated[list[TransitionPilotOut], zh("试点")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TransitionPilotQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    school: Annotated[str | None, zh("小学", pattern=SCHOOL)] = None
    level: Annotated[PilotLevel | None, zh("级别")] = None
    running_on: Annotated[Day | None, zh("正在试点", "Only pilots whose term this day lies in.")] = None
    overdue: Annotated[bool | None, zh("到期未总结")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from services.registry.admissions.codes import FollowUpOutcome
from services.registry.children.schemas import DIVISION
from shared.schemas import Count, Day, In, Out, Page, zh

NOTE = zh("说明", "No personal data beyond what is needed to follow up.", max_length=300)
SCHOOL_YEAR = zh("学年", "The calendar year it starts in; that of today by default.", ge=2015, le=2099)


class UnplacedChild(Out):
    """A registered child of preschool age who is in no kindergarten and holds no place, and what is known of why."""

    id: Annotated[UUID, zh("幼儿")]
    name: Annotated[str, zh("姓名")]
    sex: Annotated[str, zh("性别")]
    birth_date: Annotated[date, zh("出生日期")]
    division: Annotated[str, zh("居住地区划")]
    school_year: Annotated[Count, zh("学年")]
    applied: Annotated[bool, zh("已报名", "In a round of that school year.")]
    waiting: Annotated[bool, zh("候补中")]
    outcome: Annotated[FollowUpOutcome | None, zh("最近跟踪结果", "Null when nobody has followed it up.")]
    followed_on: Annotated[date | None, zh("最近跟踪日期")]
    next_on: Annotated[date | None, zh("下次跟踪日期")]
    synthetic: Annotated[bool, zh("演示数据")]


class UnplacedChildPage(Out):
    items: Annotated[list[UnplacedChild], zh("未入园适龄幼儿")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class UnplacedChildQuery(Page):
    school_year: Annotated[int | None, SCHOOL_YEAR] = None
    division: Annotated[str | None, zh("居住地区划", "This division and all below it.", pattern=DIVISION)] = None
    followed: Annotated[bool | None, zh("已跟踪")] = None
    outcome: Annotated[FollowUpOutcome | None, zh("最近跟踪结果")] = None
    due_before: Annotated[Day | None, zh("应跟踪早于", "To be followed up again before this day.")] = None
    sort: Annotated[Literal["birth_date", "-birth_date"], zh("排序")] = "birth_date"


class ChildFollowUpNew(In):
    """What was found out about a child that is in no kindergarten."""

    school_year: Annotated[int, zh("学年", "The calendar year it starts in.", ge=2015, le=2099)]
    followed_on: Annotated[Day | None, zh("跟踪日期", "Today by default.")] = None
    outcome: Annotated[FollowUpOutcome, zh("跟踪结果")]
    note: Annotated[str, NOTE] = ""
    next_on: Annotated[Day | None, zh("下次跟踪日期")] = None


class ChildFollowUpOut(Out):
    """One follow-up."""

    id: Annotated[UUID, zh("编号")]
    child: Annotated[UUID, zh("幼儿")]
    school_year: Annotated[Count, zh("学年")]
    followed_on: Annotated[date, zh("跟踪日期")]
    outcome: Annotated[FollowUpOutcome, zh("跟踪结果")]
    note: Annotated[str, NOTE]
    next_on: Annotated[date | None, zh("下次跟踪日期")]
    actor: Annotated[str, zh("跟踪人")]
    created_at: Annotated[datetime, zh("记录时刻")]


class ChildFollowUpList(Out):
    items: Annotated[list[ChildFollowUpOut], zh("跟踪记录")]

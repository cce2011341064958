from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.divisions.schemas import DIVISION
from services.registry.kindergartens.schemas import KindergartenRow
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh


class GroupOut(Out):
    """An education group 教育集团. Who belongs to it stands with each kindergarten (`group_id`)."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划代码", "Where the group is led from.")]
    founded_on: Annotated[date | None, zh("成立日期")]
    kindergartens: Annotated[Count, zh("成员园数", "Within the caller's scope.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class GroupPage(Out):
    items: Annotated[list[GroupOut], zh("教育集团")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class GroupMembers(Out):
    items: Annotated[list[KindergartenRow], zh("成员园")]


class GroupQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    q: Annotated[str, zh("名称", "Part of the name.", min_length=1, max_length=50)] = UNSENT
    sort: Annotated[Literal["created", "-created"], zh("排序", "By the time of entry.")] = "created"


class GroupNew(In):
    """A group to enter."""

    name: Annotated[str, zh("名称", min_length=2, max_length=100)]
    division: Annotated[str, zh("区划代码", "Where the group is led from.", pattern=DIVISION)]
    founded_on: Annotated[Day | None, zh("成立日期")] = None
    synthetic: Annotated[bool, zh("演示数据")] = False


class GroupPatch(In):
    """The fields to change."""

    name: Annotated[str, zh("名称", min_length=2, max_length=100)] = UNSENT
    division: Annotated[str, zh("区划代码", pattern=DIVISION)] = UNSENT
    founded_on: Annotated[Day | None, zh("成立日期")] = None

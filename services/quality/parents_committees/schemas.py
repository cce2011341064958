from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.parents_committees.codes import CommitteeSeat
from shared.schemas import Count, Day, In, Out, Page, zh


class CommitteeMemberIn(In):
    guardian: Annotated[UUID, zh("监护人", "Registry's id.")]
    seat: Annotated[CommitteeSeat, zh("职务")]


Members = Annotated[list[CommitteeMemberIn], zh("委员", "One chair; each guardian once.", min_length=1, max_length=50)]


class ParentsCommitteeNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    class_id: Annotated[UUID | None, zh("班级", "Null: of the whole kindergarten.")] = None
    since: Annotated[Day, zh("任期开始")]
    until: Annotated[Day, zh("任期结束", "The first day after the term.")]
    elected: Annotated[str, zh("产生方式", min_length=1, max_length=500)]
    members: Members


class ParentsCommitteeMembers(In):
    members: Members


class ParentsCommitteeEnd(In):
    on: Annotated[Day, zh("提前结束日期")]
    note: Annotated[str, zh("原因", min_length=1, max_length=500)]


class CommitteeMember(Out):
    guardian: Annotated[UUID, zh("监护人")]
    seat: Annotated[CommitteeSeat, zh("职务")]


class ParentsCommitteeRow(Out):
    """Who sits on it is in no list."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    class_id: Annotated[UUID | None, zh("班级")]
    since: Annotated[date, zh("任期开始")]
    until: Annotated[date, zh("任期结束")]
    elected: Annotated[str, zh("产生方式")]
    seats: Annotated[Count, zh("委员人数")]
    ended_because: Annotated[str | None, zh("提前结束原因")]


class ParentsCommitteeOut(ParentsCommitteeRow):
    members: Annotated[list[CommitteeMember], zh("委员")]


class ParentsCommitteePage(Out):
    items: Annotated[list[ParentsCommitteeRow], zh("家委会")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ParentsCommitteeQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    as_of: Annotated[Day | None, zh("在任于", "Only committees in office on this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"

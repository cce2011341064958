from datetime import date
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from services.registry.changes import Change
from services.registry.children.schemas import DIVISION
from services.registry.posts.codes import Employment, PostEnd, PostRole, Severity
from services.registry.qualifications.schemas import BackgroundCheckNew
from services.registry.staff.schemas import StaffIdentity
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, Field(max_length=300)]
Contract = Annotated[str, Field(max_length=100)]
NOTE = zh("备注", "No personal data beyond what the post needs.")
CONTRACT = zh("合同或任命文件编号", "Contracts are filed with the county (学前教育法 art. 43).")
SINCE, UNTIL = zh("起始日期", "First day of work."), zh("截止日期", "First day no longer in the post.")


class StaffRuleBreach(Out):
    """A rule of staff that a post breaks."""

    rule: Annotated[str, zh("规则")]
    severity: Annotated[Severity, zh("程度")]
    zh: Annotated[str, zh("要求")]
    en: Annotated[str, zh("要求(英文)")]
    basis: Annotated[str, zh("依据")]


class PostRow(Out):
    """A person's work in a kindergarten from one day until, and not including, another."""

    id: Annotated[UUID, zh("编号")]
    person: Annotated[UUID, zh("人员")]
    person_name: Annotated[str | None, zh("姓名", "Null when the person is out of the caller's sight by now.")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    role: Annotated[PostRole, zh("岗位")]
    class_id: Annotated[UUID | None, zh("班级")]
    class_name: Annotated[str | None, zh("班级名称")]
    employment: Annotated[Employment, zh("用工性质")]
    full_time: Annotated[bool, zh("专职")]
    contract: Annotated[str, CONTRACT]
    since: Annotated[date, SINCE]
    until: Annotated[date | None, zh("截止日期", "First day no longer in the post; null while it lasts.")]
    reason_out: Annotated[PostEnd | None, zh("离任原因")]
    note: Annotated[str, NOTE]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class PostOut(PostRow):
    """A post with what the rules say of it today, or of the day it ended when it has."""

    findings: Annotated[list[StaffRuleBreach], zh("规则提示")]


class PostPage(Out):
    items: Annotated[list[PostRow], zh("任职")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PostQuery(Page):
    person: Annotated[UUID | None, zh("人员")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    role: Annotated[PostRole | None, zh("岗位")] = None
    class_id: Annotated[UUID | None, zh("班级")] = None
    employment: Annotated[Employment | None, zh("用工性质")] = None
    full_time: Annotated[bool | None, zh("专职")] = None
    reason_out: Annotated[PostEnd | None, zh("离任原因")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only what was in force on this day.")] = None
    sort: Annotated[Literal["-recorded", "recorded", "-since", "since"], zh("排序")] = "-recorded"


class PostNew(In):
    """Someone begins to work: a person in sight by its id, any person of the district by identity."""

    person: Annotated[UUID | None, zh("人员", "Of a person the caller sees.")] = None
    identity: Annotated[StaffIdentity | None, zh("身份", "Of a person registered in the district.")] = None
    kindergarten: Annotated[UUID, zh("幼儿园")]
    role: Annotated[PostRole, zh("岗位")]
    class_id: Annotated[UUID | None, zh("班级", "Of a class's teachers and childcare worker.")] = None
    employment: Annotated[Employment, zh("用工性质")]
    full_time: Annotated[bool, zh("专职")] = True
    contract: Annotated[Contract, CONTRACT] = ""
    since: Annotated[Day, SINCE]
    until: Annotated[Day | None, zh("截止日期", "Only for a post that is over or whose end is known.")] = None
    reason_out: Annotated[PostEnd | None, zh("离任原因", "Goes with `until`.")] = None
    background_check: Annotated[
        BackgroundCheckNew | None, zh("从业禁止查询", "The answer obtained before the first day; stored with the post.")
    ] = None
    note: Annotated[Note, NOTE] = ""

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        if (self.person is None) == (self.identity is None):
            raise PydanticCustomError("one_person", "name the person once: by person or identity")
        if (self.until is None) != (self.reason_out is None):
            raise PydanticCustomError("end_incomplete", "until and reason_out go together")
        return self


class PostEnding(In):
    """The person stops working in the post."""

    until: Annotated[Day, UNTIL]
    reason: Annotated[PostEnd, zh("离任原因")]
    note: Annotated[Note, NOTE] = ""


class PostReassignment(In):
    """The person goes on in the same kindergarten in another class, role or employment. What is left out stays."""

    on: Annotated[Day, zh("调整日期", "First day of the new post.")]
    role: Annotated[PostRole | None, zh("岗位")] = None
    class_id: Annotated[UUID | None, zh("班级", "Null: of no class.")] = None
    employment: Annotated[Employment | None, zh("用工性质")] = None
    full_time: Annotated[bool | None, zh("专职")] = None
    contract: Annotated[Contract | None, CONTRACT] = None
    note: Annotated[Note, NOTE] = ""


class PostTransfer(In):
    """The person goes on in another kindergarten of the caller's scope. It is a hiring: every condition is asked."""

    kindergarten: Annotated[UUID, zh("调入幼儿园")]
    on: Annotated[Day, zh("调入日期", "First day there.")]
    role: Annotated[PostRole, zh("岗位")]
    class_id: Annotated[UUID | None, zh("班级")] = None
    employment: Annotated[Employment, zh("用工性质")]
    full_time: Annotated[bool, zh("专职")] = True
    contract: Annotated[Contract, CONTRACT] = ""
    background_check: Annotated[BackgroundCheckNew | None, zh("从业禁止查询")] = None
    note: Annotated[Note, NOTE] = ""


class PostMoved(Out):
    """Both halves of a reassignment or transfer."""

    ended: Annotated[PostRow, zh("原任职")]
    began: Annotated[PostRow, zh("新任职")]


class PostCorrection(Change):
    """What was recorded wrongly. `until: null` says the post lasts."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset({"until", "reason_out", "class_id"})

    since: Annotated[Day | SkipJsonSchema[None], SINCE] = None
    until: Annotated[Day | None, UNTIL] = None
    reason_out: Annotated[PostEnd | None, zh("离任原因")] = None
    class_id: Annotated[UUID | None, zh("班级")] = None
    employment: Annotated[Employment | SkipJsonSchema[None], zh("用工性质")] = None
    contract: Annotated[Contract | SkipJsonSchema[None], CONTRACT] = None
    note: Annotated[Note | SkipJsonSchema[None], NOTE] = None


class PostFinding(StaffRuleBreach):
    """A rule that a post in force on a day breaks."""

    post: Annotated[UUID, zh("任职")]
    person: Annotated[UUID, zh("人员")]
    person_name: Annotated[str, zh("姓名")]
    role: Annotated[PostRole, zh("岗位")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]


class PostFindings(Out):
    """Every breach in the caller's scope on a day, with the number by rule."""

    as_of: Annotated[date, zh("截至日期")]
    counts: Annotated[dict[str, Count], zh("各规则条数")]
    items: Annotated[list[PostFinding], zh("规则提示")]


class PostFindingsQuery(In):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    rule: Annotated[str | None, zh("规则", max_length=20)] = None
    severity: Annotated[Severity | None, zh("程度")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Seen on this day; today by default.")] = None

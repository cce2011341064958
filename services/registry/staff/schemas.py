from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from services.registry.changes import Change
from services.registry.children.schemas import (
    DIVISION,
    DOCUMENT_NUMBER,
    DOCUMENT_TYPE,
    NAME,
    DocumentNumber,
    DocumentType,
    PersonName,
)
from services.registry.narrowing import Narrowed
from services.registry.posts.codes import Employment, PostRole
from services.registry.staff.codes import Education, Title
from shared.schemas import Count, Day, In, Out, Page, zh

Months = Annotated[int, Field(ge=0, le=600)]
Evidence = Annotated[str, Field(max_length=300)]
EXPERIENCE = zh("登记前幼儿园教师或管理工作月数", "Before the first post on record; counts for principals.")
EVIDENCE = zh("工作经历证明", "Which document proves it.")
MAJOR = zh("学前教育专业")


class HeldPost(Out):
    """A post the person has on the day asked for, of those in scope."""

    id: Annotated[UUID, zh("任职")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    role: Annotated[PostRole, zh("岗位")]
    class_id: Annotated[UUID | None, zh("班级")]
    employment: Annotated[Employment, zh("用工性质")]
    full_time: Annotated[bool, zh("专职")]
    since: Annotated[date, zh("起始日期")]


class StaffMember(Out):
    """Someone who works or worked in a kindergarten. Identifiers are masked."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("姓名")]
    sex: Annotated[str, zh("性别", "Code list `sex`.")]
    birth_date: Annotated[date, zh("出生日期")]
    ethnicity: Annotated[str | None, zh("民族", "Code list `ethnicity`.")]
    document_type: Annotated[str, zh("证件类型", "Code list `document_type`.")]
    document_mask: Annotated[str, zh("证件号码(掩码)")]
    education: Annotated[Education, zh("学历")]
    preschool_major: Annotated[bool, MAJOR]
    title: Annotated[Title, zh("职称")]
    experience_months: Annotated[Count, EXPERIENCE]
    experience_evidence: Annotated[str, EVIDENCE]
    division: Annotated[str, zh("所在区划")]
    kindergarten: Annotated[UUID | None, zh("最近任职的幼儿园")]
    posts: Annotated[list[HeldPost], zh("在任岗位")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class StaffPage(Out):
    items: Annotated[list[StaffMember], zh("教职工")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StaffMatches(Out):
    items: Annotated[list[StaffMember], zh("教职工")]


class StaffQuery(Page):
    kindergarten: Annotated[UUID | None, zh("任职幼儿园", "With a post there on the day.")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    role: Annotated[PostRole | None, zh("岗位", "With such a post on the day.")] = None
    employment: Annotated[Employment | None, zh("用工性质", "With such a post on the day.")] = None
    education: Annotated[Education | None, zh("学历")] = None
    title: Annotated[Title | None, zh("职称")] = None
    preschool_major: Annotated[bool | None, MAJOR] = None
    employed: Annotated[bool | None, zh("在任", "With any post on the day.")] = None
    q: Annotated[
        str | None, zh("姓名", "Beginning of the name, in characters or pinyin letters.", min_length=1, max_length=50)
    ] = None
    as_of: Annotated[Day | None, zh("截至日期", "Posts of this day; today by default.")] = None
    sort: Annotated[Literal["name", "-name", "birth_date", "-birth_date"], zh("排序")] = "name"


class NarrowedStaff(StaffQuery, Narrowed):
    """The query with what follows from it."""


class StaffDayQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Posts of this day; today by default.")] = None


class StaffDocument(In):
    """A document to look for. It travels in a body, so that no log of addresses holds it."""

    document_type: Annotated[DocumentType, DOCUMENT_TYPE]
    document_number: Annotated[DocumentNumber, DOCUMENT_NUMBER]


class StaffIdentity(StaffDocument):
    """Who a person is, by its papers: enough to appoint someone one cannot see yet."""

    name: Annotated[PersonName, NAME]


class StaffNew(StaffIdentity):
    """A person to register. The number's check digit, birth date and sex must agree with the record."""

    sex: Annotated[Literal["0", "1", "2", "9"], zh("性别", "Code list `sex`.")]
    birth_date: Annotated[Day, zh("出生日期")]
    ethnicity: Annotated[str | None, zh("民族", "Code list `ethnicity`.", max_length=4)] = None
    education: Annotated[Education, zh("学历")]
    preschool_major: Annotated[bool, MAJOR] = False
    title: Annotated[Title, zh("职称")] = Title.NONE
    experience_months: Annotated[Months, EXPERIENCE] = 0
    experience_evidence: Annotated[Evidence, EVIDENCE] = ""
    kindergarten: Annotated[
        UUID | None, zh("登记的幼儿园", "Who keeps the record until a post begins; a kindergarten's own by default.")
    ] = None
    synthetic: Annotated[bool, zh("演示数据", "No real person.")] = False


class StaffChange(Change):
    """What to change of a person."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset({"ethnicity"})

    name: Annotated[PersonName | SkipJsonSchema[None], NAME] = None
    sex: Annotated[Literal["0", "1", "2", "9"] | SkipJsonSchema[None], zh("性别")] = None
    birth_date: Annotated[Day | SkipJsonSchema[None], zh("出生日期")] = None
    ethnicity: Annotated[str | None, zh("民族", max_length=4)] = None
    document_type: Annotated[DocumentType | SkipJsonSchema[None], DOCUMENT_TYPE] = None
    document_number: Annotated[DocumentNumber | SkipJsonSchema[None], DOCUMENT_NUMBER] = None
    education: Annotated[Education | SkipJsonSchema[None], zh("学历")] = None
    preschool_major: Annotated[bool | SkipJsonSchema[None], MAJOR] = None
    title: Annotated[Title | SkipJsonSchema[None], zh("职称")] = None
    experience_months: Annotated[Months | SkipJsonSchema[None], EXPERIENCE] = None
    experience_evidence: Annotated[Evidence | SkipJsonSchema[None], EVIDENCE] = None

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from services.registry.changes import Change
from services.registry.classes.codes import ClassKind
from services.registry.narrowing import Narrowed
from shared.schemas import Count, Day, In, Out, Page, zh

DIVISION = r"^\d{6}(\d{3}(\d{3})?)?$"
PersonName = Annotated[str, Field(min_length=1, max_length=100)]
DocumentType = Annotated[str, Field(min_length=1, max_length=2)]
DocumentNumber = Annotated[str, Field(min_length=1, max_length=40)]
DivisionCode = Annotated[str, Field(pattern=DIVISION)]
CountryCode = Annotated[str, Field(pattern=r"^\d{3}$")]
ShortCode = Annotated[str, Field(max_length=4)]
NAME = zh("姓名")
DOCUMENT_TYPE = zh("证件类型", "Code list `document_type`.")
DOCUMENT_NUMBER = zh("证件号码", "Never answered in clear by a read.")


class ChildOut(Out):
    """A child, with the class it is in on the day asked for. Identifiers are masked."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("姓名")]
    sex: Annotated[str, zh("性别", "Code list `sex`.")]
    birth_date: Annotated[date, zh("出生日期")]
    nationality: Annotated[str, zh("国籍", "GB/T 2659, numeric.")]
    ethnicity: Annotated[str | None, zh("民族", "Code list `ethnicity`.")]
    document_type: Annotated[str, zh("证件类型", "Code list `document_type`.")]
    document_mask: Annotated[str, zh("证件号码(掩码)")]
    household_division: Annotated[str | None, zh("户籍区划")]
    household_kind: Annotated[str | None, zh("户口性质", "Code list `household_kind`.")]
    residence_division: Annotated[str, zh("居住地区划")]
    overseas_kind: Annotated[str, zh("港澳台侨外", "Code list `overseas_kind`.")]
    left_behind: Annotated[str | None, zh("留守情况", "Code list `left_behind`.")]
    disability_scheme: Annotated[str | None, zh("残疾类别标准")]
    disability_kind: Annotated[str | None, zh("残疾类别", "Code list `disability_kind`.")]
    special_care: Annotated[str | None, zh("特异体质与疾病", "What the guardian tells (学前教育法 art. 15).")]
    first_enrolled_on: Annotated[date | None, zh("首次入园日期")]
    division: Annotated[str, zh("所在区划", "Of the kindergarten, or where the child lives when it is in none.")]
    kindergarten: Annotated[UUID | None, zh("在园幼儿园")]
    kindergarten_name: Annotated[str | None, zh("在园幼儿园名称")]
    class_id: Annotated[UUID | None, zh("在读班级")]
    class_name: Annotated[str | None, zh("在读班级名称")]
    class_kind: Annotated[ClassKind | None, zh("在读班级类型")]
    enrolment: Annotated[UUID | None, zh("在园记录")]
    enrolled_since: Annotated[date | None, zh("在班起始日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class ChildPage(Out):
    items: Annotated[list[ChildOut], zh("幼儿")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ChildMatches(Out):
    items: Annotated[list[ChildOut], zh("幼儿")]


class ChildQuery(Page):
    kindergarten: Annotated[UUID | None, zh("在园幼儿园")] = None
    class_id: Annotated[UUID | None, zh("在读班级")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    residence: Annotated[str | None, zh("居住地区划", "This division and all below it.", pattern=DIVISION)] = None
    born_from: Annotated[Day | None, zh("出生日期起", "This day or later.")] = None
    born_to: Annotated[Day | None, zh("出生日期止", "This day or earlier.")] = None
    sex: Annotated[Literal["0", "1", "2", "9"] | None, zh("性别")] = None
    ethnicity: Annotated[str | None, zh("民族", max_length=4)] = None
    needs: Annotated[bool | None, zh("有特殊需要", "A disability, special constitution or illness is recorded.")] = None
    enrolled: Annotated[bool | None, zh("在园", "In a class on the day.")] = None
    q: Annotated[
        str | None, zh("姓名", "Beginning of the name, in characters or pinyin letters.", min_length=1, max_length=50)
    ] = None
    as_of: Annotated[Day | None, zh("截至日期", "Kindergarten and class as of this day; today by default.")] = None
    sort: Annotated[Literal["name", "-name", "birth_date", "-birth_date"], zh("排序")] = "name"


class NarrowedChildren(ChildQuery, Narrowed):
    """The query with what follows from it and the caller."""

    division_now: Annotated[str | None, zh("现在所在区划")] = None


class ChildDayQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Kindergarten and class as of this day; today by default.")] = None


class ChildDocument(In):
    """A document to look for. It travels in a body, so that no log of addresses holds it."""

    document_type: Annotated[DocumentType, DOCUMENT_TYPE]
    document_number: Annotated[DocumentNumber, DOCUMENT_NUMBER]


class ChildIdentity(ChildDocument):
    """Who a child is, as its guardian shows it: enough to enrol a child one cannot see yet."""

    name: Annotated[PersonName, NAME]
    birth_date: Annotated[Day, zh("出生日期")]


class ChildNew(ChildIdentity):
    """A child to register. The number's check digit, birth date and sex must agree with the record."""

    sex: Annotated[Literal["0", "1", "2", "9"], zh("性别", "Code list `sex`.")]
    residence_division: Annotated[str, zh("居住地区划", pattern=DIVISION)]
    nationality: Annotated[str, zh("国籍", "GB/T 2659, numeric.", pattern=r"^\d{3}$")] = "156"
    ethnicity: Annotated[str | None, zh("民族", "Code list `ethnicity`.", max_length=4)] = None
    household_division: Annotated[str | None, zh("户籍区划", pattern=DIVISION)] = None
    household_kind: Annotated[str | None, zh("户口性质", "Code list `household_kind`.", max_length=4)] = None
    overseas_kind: Annotated[str, zh("港澳台侨外", "Code list `overseas_kind`.", max_length=4)] = "0"
    left_behind: Annotated[str | None, zh("留守情况", "Code list `left_behind`.", max_length=20)] = None
    disability_kind: Annotated[str | None, zh("残疾类别", "Code list `disability_kind`.", max_length=20)] = None
    special_care: Annotated[str | None, zh("特异体质与疾病", "学前教育法 art. 15.", max_length=500)] = None
    synthetic: Annotated[bool, zh("演示数据", "No real person.")] = False


class ChildChange(Change):
    """What to change of a child."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset(
        {"ethnicity", "household_division", "household_kind", "left_behind", "disability_kind", "special_care"}
    )

    name: Annotated[PersonName | SkipJsonSchema[None], NAME] = None
    sex: Annotated[Literal["0", "1", "2", "9"] | SkipJsonSchema[None], zh("性别")] = None
    birth_date: Annotated[Day | SkipJsonSchema[None], zh("出生日期")] = None
    document_type: Annotated[DocumentType | SkipJsonSchema[None], DOCUMENT_TYPE] = None
    document_number: Annotated[DocumentNumber | SkipJsonSchema[None], DOCUMENT_NUMBER] = None
    residence_division: Annotated[DivisionCode | SkipJsonSchema[None], zh("居住地区划")] = None
    nationality: Annotated[CountryCode | SkipJsonSchema[None], zh("国籍")] = None
    ethnicity: Annotated[str | None, zh("民族", max_length=4)] = None
    household_division: Annotated[str | None, zh("户籍区划", pattern=DIVISION)] = None
    household_kind: Annotated[str | None, zh("户口性质", max_length=4)] = None
    overseas_kind: Annotated[ShortCode | SkipJsonSchema[None], zh("港澳台侨外")] = None
    left_behind: Annotated[str | None, zh("留守情况", max_length=20)] = None
    disability_kind: Annotated[str | None, zh("残疾类别", max_length=20)] = None
    special_care: Annotated[str | None, zh("特异体质与疾病", max_length=500)] = None


class ChildState(Out):
    """The record as it was until a moment, and who changed it then."""

    id: Annotated[Count, zh("次序")]
    recorded_until: Annotated[datetime, zh("更改时刻")]
    actor: Annotated[str, zh("更改人")]
    operation: Annotated[Literal["UPDATE", "DELETE"], zh("操作")]
    # The shape is the table's of the release that wrote it, without what is sealed.
    before: Annotated[dict[str, Any], zh("更改前")]


class ChildStatePage(Out):
    items: Annotated[list[ChildState], zh("历史")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ChildHistoryQuery(Page):
    sort: Annotated[Literal["-recorded_until", "recorded_until"], zh("排序")] = "-recorded_until"

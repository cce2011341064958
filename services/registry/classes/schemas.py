from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from services.registry.changes import Change
from services.registry.classes.codes import ClassKind
from services.registry.narrowing import Narrowed
from shared.schemas import Count, Day, In, Out, Page, zh

Name = Annotated[str, Field(min_length=1, max_length=60)]


class ClassOut(Out):
    """A class of one school year."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    school_year: Annotated[Count, zh("学年", "The calendar year it starts in.")]
    name: Annotated[str, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型")]
    standard_size: Annotated[Count, zh("班额标准", "Of its kind, in force when the class was formed.")]
    hard_limit: Annotated[Count, zh("人数上限", "No more children than this on any day.")]
    boarding: Annotated[bool, zh("寄宿")]
    continues: Annotated[UUID | None, zh("承接班级", "The class of the year before whose children it took over.")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期", "First day on which the class is no more.")]
    children: Annotated[
        Count, zh("在班人数", "On the day asked for, or on the day of the class's life that is nearest to it.")
    ]
    oversize: Annotated[bool, zh("大班额", "More children than the standard and the district's tolerance.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class ClassPage(Out):
    items: Annotated[list[ClassOut], zh("班级")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ClassQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    school_year: Annotated[int | None, zh("学年", ge=1990, le=2100)] = None
    kind: Annotated[ClassKind | None, zh("班级类型")] = None
    oversize: Annotated[bool | None, zh("大班额")] = None
    q: Annotated[
        str | None, zh("名称", "Beginning of the name, in characters or pinyin letters.", min_length=1, max_length=60)
    ] = None
    as_of: Annotated[
        Day | None, zh("截至日期", "Only classes of this day, counted on it; else all classes, counted today.")
    ] = None
    sort: Annotated[Literal["name", "-name", "-school_year", "school_year"], zh("排序")] = "name"


class NarrowedClasses(ClassQuery, Narrowed):
    """The query with what follows from it and the caller."""


class ClassDayQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "The day on which children are counted; today by default.")] = None


class ClassNew(In):
    """A class to form. Its sizes follow from its kind and the day it begins."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    school_year: Annotated[
        int, zh("学年", "The calendar year it starts in: 2026 is 2026-09-01 to 2027-08-31.", ge=1990, le=2099)
    ]
    name: Annotated[Name, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型")]
    boarding: Annotated[bool, zh("寄宿")] = False
    continues: Annotated[
        UUID | None, zh("承接班级", "A class of the year before; roll-over brings its children here.")
    ] = None
    since: Annotated[Day | None, zh("起始日期", "1 September unless it is formed later in the school year.")] = None
    until: Annotated[
        Day | None, zh("截止日期", "First day on which the class is no more; 1 September unless it ends earlier.")
    ] = None


class ClassChange(Change):
    """What to change of a class."""

    name: Annotated[Name | SkipJsonSchema[None], zh("班级名称")] = None
    kind: Annotated[ClassKind | SkipJsonSchema[None], zh("班级类型", "The sizes become those of the kind.")] = None
    hard_limit: Annotated[
        Annotated[int, Field(ge=1, le=1000)] | SkipJsonSchema[None],
        zh("人数上限", "Not below the standard, nor below the children there; above the rule's only the district."),
    ] = None
    boarding: Annotated[bool | SkipJsonSchema[None], zh("寄宿")] = None


class ClassEnding(In):
    until: Annotated[Day, zh("截止日期", "First day on which the class is no more; no child may still be there then.")]

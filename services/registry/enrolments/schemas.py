from datetime import date
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from services.registry.changes import Change
from services.registry.children.schemas import DIVISION, ChildIdentity, ChildNew
from services.registry.classes.codes import ClassKind
from services.registry.enrolments.codes import Entry, Exit
from services.registry.narrowing import Narrowed
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, Field(max_length=300)]
NOTE = zh("备注", "No personal data: whoever reads enrolments reads it.")
SINCE, UNTIL = zh("起始日期", "First day in the class."), zh("截止日期", "First day no longer in the class.")


class EnrolmentOut(Out):
    """A child in a class from one day until, and not including, another."""

    id: Annotated[UUID, zh("编号")]
    child: Annotated[UUID, zh("幼儿")]
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    class_kind: Annotated[ClassKind, zh("班级类型")]
    school_year: Annotated[Count, zh("学年", "The calendar year it starts in.")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "First day no longer in the class; null while it lasts.")]
    reason_in: Annotated[Entry, zh("入班原因")]
    reason_out: Annotated[Exit | None, zh("离班原因")]
    note: Annotated[str, zh("备注")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class EnrolmentPage(Out):
    items: Annotated[list[EnrolmentOut], zh("在园记录")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EnrolmentQuery(Page):
    child: Annotated[UUID | None, zh("幼儿")] = None
    class_id: Annotated[UUID | None, zh("班级")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=DIVISION)] = None
    class_kind: Annotated[ClassKind | None, zh("班级类型")] = None
    school_year: Annotated[int | None, zh("学年", ge=1990, le=2100)] = None
    reason_in: Annotated[Entry | None, zh("入班原因")] = None
    reason_out: Annotated[Exit | None, zh("离班原因")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only what was in force on this day.")] = None
    during_from: Annotated[Day | None, zh("期间起", "What lasted on this day or later.")] = None
    during_until: Annotated[Day | None, zh("期间止", "What began before this day.")] = None
    sort: Annotated[Literal["-recorded", "recorded", "-since", "since"], zh("排序")] = "-recorded"


class NarrowedEnrolments(EnrolmentQuery, Narrowed):
    """The query with what follows from the caller."""


class EnrolmentOptions(In):
    preview: Annotated[bool, zh("预演", "Answer what would happen, and change nothing.")] = False


class EnrolmentNew(In):
    """A child to enrol: one in sight by its id, any child of the district by identity, a new one by registration."""

    class_id: Annotated[UUID, zh("班级")]
    since: Annotated[Day, SINCE]
    child: Annotated[UUID | None, zh("幼儿", "Of a child the caller sees.")] = None
    identity: Annotated[ChildIdentity | None, zh("身份", "Of a child registered in the district.")] = None
    registration: Annotated[ChildNew | None, zh("登记", "Of a child not registered yet.")] = None
    until: Annotated[Day | None, zh("截止日期", "Only for a period that is over or whose end is known.")] = None
    reason_out: Annotated[Exit | None, zh("离班原因", "Goes with `until`.")] = None
    note: Annotated[Note, NOTE] = ""

    @model_validator(mode="after")
    def _one_child(self) -> Self:
        if sum(each is not None for each in (self.child, self.identity, self.registration)) != 1:
            raise PydanticCustomError("one_child", "name the child once: by child, identity or registration")
        if (self.until is None) != (self.reason_out is None):
            raise PydanticCustomError("end_incomplete", "until and reason_out go together")
        return self


class Doubt(Out):
    """Something that does not forbid the operation and should be looked at."""

    code: Annotated[str, zh("代码")]
    zh: Annotated[str, zh("中文说明")]
    en: Annotated[str, zh("英文说明")]


class EnrolmentPreview(Out):
    """What enrolling would do. Counts are the most children of the class on any day of the period."""

    class_id: Annotated[UUID, zh("班级")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    reason_in: Annotated[Entry, zh("入班原因")]
    children_before: Annotated[Count, zh("入班前人数")]
    children_after: Annotated[Count, zh("入班后人数")]
    seats_before: Annotated[Count, zh("入班前空余学位")]
    seats_after: Annotated[Count, zh("入班后空余学位")]
    standard_size: Annotated[Count, zh("班额标准")]
    hard_limit: Annotated[Count, zh("人数上限")]
    doubts: Annotated[list[Doubt], zh("提示")]


class EnrolmentEnding(In):
    """The child leaves. With `transfer` the kindergarten releases it: another one may then enrol it by identity."""

    until: Annotated[Day, UNTIL]
    reason: Annotated[Literal[Exit.LEFT, Exit.GRADUATED, Exit.TRANSFER], zh("离园原因")]
    note: Annotated[Note, NOTE] = ""


class EnrolmentTransfer(In):
    """The child goes on in another class, of the same kindergarten or of another in the caller's scope."""

    class_id: Annotated[UUID, zh("转入班级")]
    on: Annotated[Day, zh("转入日期", "First day in the new class.")]
    note: Annotated[Note, NOTE] = ""


class Transferred(Out):
    """Both halves of a transfer."""

    ended: Annotated[EnrolmentOut, zh("转出记录")]
    began: Annotated[EnrolmentOut, zh("转入记录")]


class EnrolmentCorrection(Change):
    """What was recorded wrongly. `until: null` says the period lasts."""

    CLEARABLE: ClassVar[frozenset[str]] = frozenset({"until", "reason_out"})

    since: Annotated[Day | SkipJsonSchema[None], SINCE] = None
    until: Annotated[Day | None, UNTIL] = None
    reason_out: Annotated[Exit | None, zh("离班原因")] = None
    note: Annotated[Note | SkipJsonSchema[None], NOTE] = None

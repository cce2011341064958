from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.classes.codes import ClassKind
from shared.schemas import Count, In, Out, zh


class RollOverNew(In):
    """A school year to end. Without a token only a preview is answered."""

    school_year: Annotated[
        int, zh("结束的学年", "The calendar year it started in: 2026 ends on 2027-08-31.", ge=2015, le=2098)
    ]
    kindergartens: Annotated[
        list[UUID] | None, zh("幼儿园", "All in the caller's scope when left out.", min_length=1, max_length=1000)
    ] = None
    token: Annotated[str | None, zh("预演凭证", "Of the preview that is to come true.", max_length=4_000_000)] = None


class RollOverOptions(In):
    preview: Annotated[bool, zh("预演", "Answer the plan, and change nothing.")] = False


class RollOverProblem(Out):
    """Something about a class or one of its children. An error keeps it where it is; a warning does not."""

    code: Annotated[str, zh("代码")]
    zh: Annotated[str, zh("中文说明")]
    en: Annotated[str, zh("英文说明")]
    severity: Annotated[Literal["error", "warning"], zh("程度")]
    child: Annotated[UUID | None, zh("幼儿", "Null when the whole class is meant.")]
    enrolment: Annotated[UUID | None, zh("在园记录")]


class RollOverNext(Out):
    """The class of the next school year that takes the children over."""

    class_id: Annotated[UUID | None, zh("班级", "Null when it is yet to be formed.")]
    name: Annotated[str, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型")]
    standard_size: Annotated[Count, zh("班额标准")]
    hard_limit: Annotated[Count, zh("人数上限")]
    children_before: Annotated[Count, zh("升班前人数", "The most it has on any day already.")]
    children_after: Annotated[Count, zh("升班后人数")]


class RollOverClass(Out):
    """What happens to one class."""

    class_id: Annotated[UUID, zh("班级")]
    name: Annotated[str, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    promoted: Annotated[Count, zh("升班人数")]
    graduated: Annotated[Count, zh("毕业人数")]
    held: Annotated[Count, zh("待处理人数", "Stay where they are until someone decides.")]
    next: Annotated[RollOverNext | None, zh("升入班级", "Null when nobody moves up.")]
    problems: Annotated[list[RollOverProblem], zh("问题")]


class RollOverPlan(Out):
    """What would happen, class by class."""

    school_year: Annotated[Count, zh("结束的学年")]
    on: Annotated[date, zh("升班日期")]
    kindergartens: Annotated[Count, zh("幼儿园数")]
    classes_formed: Annotated[Count, zh("新设班级数")]
    promoted: Annotated[Count, zh("升班人数")]
    graduated: Annotated[Count, zh("毕业人数")]
    held: Annotated[Count, zh("待处理人数")]
    classes: Annotated[list[RollOverClass], zh("班级")]
    token: Annotated[str, zh("预演凭证", "Send it to make exactly this come true.")]


class RollOverStarted(Out):
    """The job that makes the plan come true, kindergarten by kindergarten."""

    job: Annotated[UUID, zh("任务编号")]
    kindergartens: Annotated[Count, zh("幼儿园数")]
    promoted: Annotated[Count, zh("升班人数")]
    graduated: Annotated[Count, zh("毕业人数")]
    held: Annotated[Count, zh("待处理人数")]

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.absences.codes import AbsenceCause, AbsenceState, ExamKind
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Child = Annotated[UUID, zh("幼儿", "The register's id; no name is kept here.")]


class AbsenceNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Child
    group: Annotated[str, zh("班级", max_length=100)] = ""
    cause: Annotated[AbsenceCause, zh("原因")]
    last_present_on: Annotated[Day, zh("最后在园日期")]
    synthetic: Annotated[bool, zh("演示数据")] = False


class AbsenceStep(In):
    note: Annotated[str, zh("说明", "Name no child.", min_length=1, max_length=2000)]
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class AbsenceReturn(In):
    returned_on: Annotated[Day | None, zh("返园日期", "Left out: today.")] = None
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class HealthExamNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Child
    kind: Annotated[ExamKind, zh("体检类别")]
    examined_on: Annotated[Day, zh("体检日期")]
    institution: Annotated[str, zh("体检机构", min_length=1, max_length=200)]
    fit: Annotated[bool, zh("合格", "Fit to be in a group of children.")]
    files: Annotated[list[UUID], zh("材料", max_length=10)] = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class HealthExamOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    child: Child
    kind: Annotated[ExamKind, zh("体检类别")]
    examined_on: Annotated[date, zh("体检日期")]
    institution: Annotated[str, zh("体检机构")]
    fit: Annotated[bool, zh("合格")]
    files: Annotated[list[UUID], zh("材料")]
    recorded_by: Annotated[str, zh("登记人")]
    recorded_at: Annotated[datetime, zh("登记时刻")]
    synthetic: Annotated[bool, zh("演示数据")]


class HealthExamPage(Out):
    items: Annotated[list[HealthExamOut], zh("体检")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class HealthExamQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    kind: Annotated[ExamKind | None, zh("体检类别")] = None
    fit: Annotated[bool | None, zh("合格")] = None
    since: Annotated[Day | None, zh("不早于")] = None
    sort: Annotated[Literal["-examined_on", "examined_on"], zh("排序")] = "-examined_on"


class AbsenceRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    child: Child
    group: Annotated[str, zh("班级")]
    state: Annotated[AbsenceState, zh("状态")]
    cause: Annotated[AbsenceCause, zh("原因")]
    last_present_on: Annotated[date, zh("最后在园日期")]
    free_until: Annotated[date, zh("可直接返园至", "After this day the child must pass a health examination first.")]
    blocked: Annotated[bool, zh("须先体检", "Away longer than that on the day asked for, and not examined since.")]
    enrolment: Annotated[UUID | None, zh("登记学籍", "The enrolment whose end told of it; null: the kindergarten did.")]
    returned_on: Annotated[date | None, zh("返园日期")]
    exam: Annotated[UUID | None, zh("体检", "The examination the return rests on.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class AbsenceOut(AbsenceRow):
    recorded_by: Annotated[str, zh("登记人")]
    created_at: Annotated[datetime, zh("登记时刻")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class AbsencePage(Out):
    items: Annotated[list[AbsenceRow], zh("离园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AbsenceQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    state: Annotated[AbsenceState | None, zh("状态")] = None
    cause: Annotated[AbsenceCause | None, zh("原因")] = None
    blocked: Annotated[bool | None, zh("须先体检")] = None
    as_of: Annotated[Day | None, zh("截至日期", "The day of return asked about; left out: today.")] = None
    sort: Annotated[Literal["-last_present_on", "last_present_on"], zh("排序")] = "-last_present_on"

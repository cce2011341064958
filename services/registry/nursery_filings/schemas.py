from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.registry.divisions.schemas import DIVISION
from services.registry.nursery_filings.codes import (
    NurseryEnd,
    NurseryFault,
    NurseryFilingKind,
    NurseryFilingState,
    NurseryService,
    NurseryWarning,
)
from services.registry.offers import RegistryOffer
from services.registry.recognitions.codes import CheckSeverity
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Money, Out, Page, zh

FEE = "Yuan per child and month."
Fee = Annotated[Money, Field(ge=0, le=100_000)]
Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]
TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


class NurseryCheck(Out):
    """A condition the register checks by itself."""

    code: Annotated[str, zh("代码")]
    rule: Annotated[str, zh("规则编号", "Of the catalogue of rules; empty without one.")]
    severity: Annotated[CheckSeverity, zh("后果")]
    met: Annotated[bool, zh("符合")]
    zh: Annotated[str, zh("说明")]
    en: Annotated[str, zh("英文说明")]
    basis: Annotated[str, zh("依据")]
    found: Annotated[str, zh("实际")]
    wanted: Annotated[str, zh("要求")]


class NurseryChecks(Out):
    items: Annotated[list[NurseryCheck], zh("系统核查")]
    eligible: Annotated[bool, zh("可申请", "No check refuses.")]


class NurseryFilingRow(Out):
    """An application to run nursery classes 托班 and the filing it led to."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    kind: Annotated[NurseryFilingKind, zh("申请类型")]
    state: Annotated[NurseryFilingState, zh("状态")]
    number: Annotated[str | None, zh("备案号", "A change keeps the number of the filing it changes.")]
    classes: Annotated[Count, zh("托班班数")]
    children_per_class: Annotated[Count, zh("每班人数")]
    places: Annotated[Count, zh("托位数")]
    carers: Annotated[Count, zh("保育人员数")]
    monthly_fee: Annotated[Money, zh("月收费", FEE)]
    service: Annotated[NurseryService, zh("服务类型")]
    opens_at: Annotated[str, zh("开始时间")]
    closes_at: Annotated[str, zh("结束时间")]
    applied_on: Annotated[date, zh("申请日期")]
    since: Annotated[date | None, zh("备案起始日期")]
    until: Annotated[date | None, zh("备案届满日期", "The first day out of the term.")]
    ended_on: Annotated[date | None, zh("注销日期", "The first day after an earlier end.")]
    in_force: Annotated[bool, zh("有效", "On `as_of`.")]
    warning: Annotated[NurseryWarning | None, zh("预警", "As of `as_of`.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class NurseryFilingOut(NurseryFilingRow):
    """Everything about one filing, with what the caller may do now."""

    former: Annotated[UUID | None, zh("原备案", "The filing it changes or renews.")]
    statement: Annotated[str, zh("申请说明")]
    applied_by: Annotated[str, zh("申请人")]
    examined_on: Annotated[date | None, zh("审核日期")]
    examined_by: Annotated[str | None, zh("审核人")]
    conditions_met: Annotated[bool | None, zh("符合条件")]
    findings: Annotated[str, zh("审核意见")]
    examined_checks: Annotated[list[NurseryCheck], zh("审核时系统核查")]
    decided_on: Annotated[date | None, zh("决定日期")]
    decided_by: Annotated[str | None, zh("决定人")]
    document: Annotated[str | None, zh("文号")]
    ended_ground: Annotated[NurseryEnd | None, zh("注销原因")]
    created_at: Annotated[datetime, zh("登记时间")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    checks: Annotated[list[NurseryCheck], zh("系统核查", "As of today.")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class NurseryFilingPage(Out):
    items: Annotated[list[NurseryFilingRow], zh("托班备案")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class NurseryFilingQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[NurseryFilingKind, zh("申请类型")] = UNSENT
    state: Annotated[NurseryFilingState, zh("状态")] = UNSENT
    number: Annotated[str, zh("备案号", max_length=50)] = UNSENT
    in_force: Annotated[bool, zh("有效")] = UNSENT
    warning: Annotated[NurseryWarning, zh("预警")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `in_force` and `warning`; today by default.")] = UNSENT
    sort: Annotated[Literal["applied_on", "-applied_on", "name", "-name"], zh("排序")] = "-applied_on"


class NurseryScale(In):
    classes: Annotated[int, zh("托班班数", ge=1, le=50)]
    children_per_class: Annotated[int, zh("每班人数", "At most the norm of a nursery class.", ge=1, le=200)]
    carers: Annotated[int, zh("保育人员数", "Teachers and childcare workers of the nursery classes.", ge=0, le=500)]
    monthly_fee: Annotated[Fee, zh("月收费", FEE)]


class NurseryAmendment(NurseryScale):
    service: Annotated[NurseryService, zh("服务类型")]
    opens_at: Annotated[str, zh("开始时间", "HH:MM.", pattern=TIME)]
    closes_at: Annotated[str, zh("结束时间", "HH:MM.", pattern=TIME)]
    statement: Annotated[str, zh("申请说明", max_length=4000)] = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens_at >= self.closes_at:
            raise PydanticCustomError("nursery_hours", "closes_at lies after opens_at")
        return self


class NurseryApplication(NurseryAmendment):
    """What is applied for: new classes, a change of the filing in force, or its renewal."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[NurseryFilingKind, zh("申请类型")] = NurseryFilingKind.NEW


class NurseryNote(In):
    note: Note


class NurseryExamination(In):
    """What the examiner found on the spot; the register's own checks of the day are kept beside it."""

    conditions_met: Annotated[bool, zh("符合条件")]
    findings: Annotated[str, zh("审核意见", min_length=1, max_length=4000)]


class NurseryFilingDecision(In):
    since: Annotated[Day, zh("备案起始日期", "Not before today; a renewal begins where the former term ends.")]
    until: Annotated[
        Day, zh("备案届满日期", "The first day out of the term. A change keeps the term: leave it out.")
    ] = UNSENT
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class NurseryRefusal(In):
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    note: Note


class NurseryStop(In):
    ended_on: Annotated[Day, zh("停办日期", "The first day without nursery classes; not before today.")]
    note: Note


class NurseryCancellation(NurseryStop):
    ground: Annotated[NurseryEnd, zh("注销原因")]
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]


class NurseryClassRow(Out):
    """A nursery class that runs on a day, by what is filed for its kindergarten."""

    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期")]
    children: Annotated[Count, zh("幼儿数")]
    youngest_months: Annotated[Count | None, zh("最小月龄", "Of children whose record the caller sees.")]
    oldest_months: Annotated[Count | None, zh("最大月龄")]
    out_of_age: Annotated[
        Count, zh("月龄不符人数", "Younger than 24 months on entry, or 36 and older on the eve of the class.")
    ]
    filing: Annotated[UUID | None, zh("备案", "In force on the day.")]
    number: Annotated[str | None, zh("备案号")]
    monthly_fee: Annotated[Money | None, zh("备案月收费", FEE)]
    service: Annotated[NurseryService | None, zh("服务类型")]
    fault: Annotated[NurseryFault | None, zh("问题")]
    synthetic: Annotated[bool, zh("演示数据")]


class NurseryClassPage(Out):
    items: Annotated[list[NurseryClassRow], zh("托班")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class NurseryClassQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    fault: Annotated[NurseryFault, zh("问题")] = UNSENT
    filed: Annotated[bool, zh("已备案", "False: running without a filing that covers it.")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序", "By the kindergarten's name.")] = "name"

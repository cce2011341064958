from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from services.registry.classes.codes import ClassKind
from services.registry.divisions.schemas import DIVISION
from services.registry.offers import RegistryOffer
from services.registry.oversize_plans.codes import OversizePlanState, OversizeSeverity
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh


class OversizeClass(Out):
    """A class 大班额 with more children on a day than its standard and the district's tolerance (REG-01)."""

    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    children: Annotated[Count, zh("在班人数")]
    standard_size: Annotated[Count, zh("班额标准")]
    over: Annotated[Count, zh("超出人数")]
    severity: Annotated[OversizeSeverity, zh("等级")]
    plan: Annotated[UUID | None, zh("化解方案", "Open on the day; null: none.")]
    plan_state: Annotated[OversizePlanState | None, zh("方案状态", "As it is now.")]
    due_on: Annotated[date | None, zh("化解期限")]
    overdue: Annotated[bool, zh("逾期")]
    synthetic: Annotated[bool, zh("演示数据")]


class OversizeClassPage(Out):
    items: Annotated[list[OversizeClass], zh("大班额")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class OversizeClassQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[ClassKind, zh("班级类型")] = UNSENT
    severity: Annotated[OversizeSeverity, zh("等级")] = UNSENT
    planned: Annotated[bool, zh("有化解方案")] = UNSENT
    overdue: Annotated[bool, zh("逾期")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    sort: Annotated[Literal["name", "-name", "over", "-over"], zh("排序")] = "-over"


class OversizePlanRow(Out):
    """A plan for an oversize class."""

    id: Annotated[UUID, zh("编号")]
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    state: Annotated[OversizePlanState, zh("状态")]
    children: Annotated[Count, zh("制定时在班人数")]
    standard_size: Annotated[Count, zh("制定时班额标准")]
    children_now: Annotated[Count, zh("当前在班人数")]
    standard_now: Annotated[Count, zh("当前班额标准")]
    measures: Annotated[str, zh("化解措施")]
    responsible: Annotated[str, zh("责任人")]
    due_on: Annotated[date, zh("化解期限")]
    overdue: Annotated[bool, zh("逾期", "Open after its day.")]
    made_on: Annotated[date, zh("制定日期")]
    ended_on: Annotated[date | None, zh("销号或撤回日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class OversizePlanOut(OversizePlanRow):
    made_by: Annotated[str, zh("制定人")]
    approved_by: Annotated[str | None, zh("审核人")]
    created_at: Annotated[datetime, zh("录入时间")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class OversizePlanPage(Out):
    items: Annotated[list[OversizePlanRow], zh("大班额化解方案")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class OversizePlanQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    class_id: Annotated[UUID, zh("班级")] = UNSENT
    state: Annotated[OversizePlanState, zh("状态")] = UNSENT
    overdue: Annotated[bool, zh("逾期")] = UNSENT
    due_before: Annotated[Day, zh("期限早于")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `overdue`; today by default.")] = UNSENT
    sort: Annotated[Literal["due_on", "-due_on"], zh("排序")] = "due_on"


class OversizePlanAmendment(In):
    measures: Annotated[str, zh("化解措施", min_length=1, max_length=4000)]
    responsible: Annotated[str, zh("责任人", min_length=1, max_length=100)]
    due_on: Annotated[Day, zh("化解期限", "After today.")]


class OversizePlanNew(OversizePlanAmendment):
    class_id: Annotated[UUID, zh("班级")]


class OversizePlanNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class OversizePlanExtension(OversizePlanNote):
    due_on: Annotated[Day, zh("新期限", "After today.")]

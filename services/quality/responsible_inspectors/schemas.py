from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Day, In, Out, Page, zh

DUTIES = "依法办园、安全管理、卫生保健、保育教育、师德师风、内部管理、园务公开"


class InspectorAssignmentNew(In):
    """Whoever is there now ends on the day the new one begins (轮换)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    account: Annotated[str, zh("账号", min_length=1, max_length=100)]
    name: Annotated[str, zh("姓名", min_length=1, max_length=100)]
    phone: Annotated[str, zh("联系电话", "Printed on the plate.", min_length=5, max_length=30)]
    duties: Annotated[str, zh("职责", min_length=1, max_length=500)] = DUTIES
    since: Annotated[Day, zh("起始日期")]
    reason: Annotated[str, zh("说明", max_length=500)] = ""


class InspectorPlate(Out):
    """What the plate at the gate says."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    name: Annotated[str, zh("责任督学")]
    phone: Annotated[str, zh("联系电话")]
    duties: Annotated[str, zh("职责")]
    since: Annotated[date, zh("起始日期")]


class InspectorAssignmentOut(InspectorPlate):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    account: Annotated[str, zh("账号")]
    until: Annotated[date | None, zh("结束日期")]
    reason: Annotated[str, zh("说明")]
    rotation_due: Annotated[bool, zh("应轮换")]
    load: Annotated[Count, zh("负责园所数")]
    overloaded: Annotated[bool, zh("超出负责园所数")]


class InspectorAssignmentPage(Out):
    items: Annotated[list[InspectorAssignmentOut], zh("责任督学")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class InspectorAssignmentQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    account: Annotated[str | None, zh("账号", max_length=100)] = None
    current: Annotated[bool | None, zh("在任")] = None
    sort: Annotated[Literal["kindergarten_name", "-since"], zh("排序")] = "kindergarten_name"

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator

from services.registry.divisions.codes import Zone
from services.registry.divisions.schemas import DIVISION
from services.registry.identifiers.rules import normal_form
from services.registry.kindergartens.codes import Relation, Status, Type, Verb
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh


def _normal(value: Any) -> Any:
    return normal_form(value) if isinstance(value, str) else value


Normal = BeforeValidator(_normal)
FOUNDER_CODE = "Code list `founder_code` (举办者码); it decides which types are open."
CREDIT_NOTE = "Why a code whose check character is wrong is right all the same (a few early codes are)."
LICENCE_END = "The last day the licence is valid."


class KindergartenRow(Out):
    """A kindergarten as lists show it. Type and status are those of `as_of`."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    short_name: Annotated[str, zh("简称")]
    school_code: Annotated[str | None, zh("学校标识码")]
    credit_code: Annotated[str | None, zh("统一社会信用代码")]
    division: Annotated[str, zh("区划代码")]
    division_name: Annotated[str, zh("区划名称")]
    town: Annotated[str, zh("镇乡街道代码")]
    town_name: Annotated[str, zh("镇乡街道")]
    zone: Annotated[Zone | None, zh("片区")]
    type: Annotated[Type | None, zh("办园性质")]
    status: Annotated[Status | None, zh("状态")]
    founder_code: Annotated[str, zh("举办者码")]
    for_profit: Annotated[bool, zh("营利性")]
    relation: Annotated[Relation | None, zh("从属关系")]
    parent: Annotated[UUID | None, zh("所属幼儿园")]
    group_id: Annotated[UUID | None, zh("教育集团")]
    licence_number: Annotated[str | None, zh("办学许可证号")]
    licence_expires_on: Annotated[date | None, zh("许可证到期日", LICENCE_END)]
    opened_on: Annotated[date | None, zh("开办日期")]
    closed_on: Annotated[date | None, zh("终止日期")]
    address: Annotated[str, zh("地址")]
    phone: Annotated[str, zh("电话")]
    licensed_seats: Annotated[Count, zh("核定学位数")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class KindergartenPage(Out):
    items: Annotated[list[KindergartenRow], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class KindergartenFinding(Out):
    """Something the register should be asked about; it refuses nothing."""

    code: Annotated[str, zh("代码")]
    rule: Annotated[str, zh("规则编号", "Of the catalogue of rules; empty without one.")]
    zh: Annotated[str, zh("说明")]
    en: Annotated[str, zh("英文说明")]


class AllowedAction(Out):
    """Whether the caller may do this to the resource now, and the reason when not."""

    action: Annotated[Verb, zh("操作")]
    to: Annotated[str | None, zh("变更为", "The type or status the change would lead to.")]
    allowed: Annotated[bool, zh("可否")]
    code: Annotated[str | None, zh("原因代码", "The problem code a request would be answered with.")]
    zh: Annotated[str | None, zh("原因")]
    en: Annotated[str | None, zh("英文原因")]


class Kindergarten(KindergartenRow):
    """Everything registered about a kindergarten. Type and status are those of `as_of`; the rest is as recorded now."""

    school_type: Annotated[str, zh("办学类型码")]
    credit_code_note: Annotated[str, zh("信用代码说明", CREDIT_NOTE)]
    founder: Annotated[str, zh("举办者")]
    host_school: Annotated[str | None, zh("所在学校", "The school a preschool class is attached to.")]
    parent_name: Annotated[str | None, zh("所属幼儿园名称")]
    group_name: Annotated[str | None, zh("教育集团名称")]
    licence_issued_on: Annotated[date | None, zh("发证日期")]
    email: Annotated[str, zh("电子邮箱")]
    fee_document: Annotated[str, zh("收费文件", "Number of the document the fees are charged by.")]
    principal: Annotated[UUID | None, zh("备案园长", "The post that was filed as the principal's.")]
    urban_rural_code: Annotated[str | None, zh("城乡分类码")]
    latitude: Annotated[float | None, zh("纬度")]
    longitude: Annotated[float | None, zh("经度")]
    town_centre: Annotated[bool, zh("乡镇中心园")]
    village_level: Annotated[bool, zh("村级园")]
    created_at: Annotated[datetime, zh("登记时间")]
    as_of: Annotated[date, zh("截至日期")]
    type_since: Annotated[date | None, zh("性质起始日期")]
    status_since: Annotated[date | None, zh("状态起始日期")]
    findings: Annotated[list[KindergartenFinding], zh("提示")]
    actions: Annotated[list[AllowedAction], zh("可办理事项", "As of today, for this caller.")]


class Branches(Out):
    items: Annotated[list[KindergartenRow], zh("分园")]


class Summary(Out):
    """Classes and children of a kindergarten on a day."""

    id: Annotated[UUID, zh("编号")]
    as_of: Annotated[date, zh("截至日期")]
    classes: Annotated[Count, zh("班级数")]
    oversize_classes: Annotated[Count, zh("大班额班级数")]
    seats: Annotated[Count, zh("班额标准合计")]
    children: Annotated[Count, zh("在园幼儿数")]
    nursery: Annotated[Count, zh("托班幼儿数")]
    small: Annotated[Count, zh("小班幼儿数")]
    middle: Annotated[Count, zh("中班幼儿数")]
    large: Annotated[Count, zh("大班幼儿数")]
    mixed: Annotated[Count, zh("混合班幼儿数")]


class KindergartenDay(In):
    as_of: Annotated[Day, zh("截至日期", "Facts of this day; today by default.")] = UNSENT


class KindergartenQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    zone: Annotated[Zone, zh("片区")] = UNSENT
    type: Annotated[Type, zh("办园性质")] = UNSENT
    status: Annotated[Status, zh("状态")] = UNSENT
    open: Annotated[bool, zh("在办", "Whether it operates on the day.")] = UNSENT
    relation: Annotated[Relation, zh("从属关系")] = UNSENT
    parent: Annotated[UUID, zh("所属幼儿园")] = UNSENT
    group: Annotated[UUID, zh("教育集团")] = UNSENT
    q: Annotated[str, zh("名称", "Part of the name, in characters or pinyin letters.", min_length=1, max_length=50)] = (
        UNSENT
    )
    school_code: Annotated[str, zh("学校标识码", max_length=20)] = UNSENT
    town_centre: Annotated[bool, zh("乡镇中心园")] = UNSENT
    village_level: Annotated[bool, zh("村级园")] = UNSENT
    licence_expires_before: Annotated[Day, zh("许可证到期早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Types and statuses of this day; today by default.")] = UNSENT
    sort: Annotated[Literal["name", "-name", "division", "-division", "created_at", "-created_at"], zh("排序")] = "name"


class First(In):
    """Type and status with which a kindergarten enters the register."""

    status: Annotated[Status, zh("状态", "`proposed`, `preparing` or `operating`.")] = Status.PROPOSED
    type: Annotated[Type | None, zh("办园性质", "Needed by a kindergarten that operates.")] = None
    since: Annotated[Day | None, zh("起始日期", "Today by default.")] = None
    document: Annotated[str, zh("依据文件", max_length=200)] = ""
    reason: Annotated[str, zh("事由", max_length=500)] = ""


class KindergartenFields(In):
    """What is registered about a kindergarten besides its dated facts and its school code."""

    division: Annotated[str, zh("区划代码", "The village or town it lies in.", pattern=DIVISION)]
    name: Annotated[str, zh("名称", min_length=2, max_length=100)]
    short_name: Annotated[str, zh("简称", max_length=50)] = ""
    school_type: Annotated[str, zh("办学类型码", "Code list `school_type_code`.", max_length=10)] = "111"
    credit_code: Annotated[str | None, zh("统一社会信用代码", max_length=30), Normal] = None
    credit_code_note: Annotated[str, zh("信用代码说明", CREDIT_NOTE, max_length=500)] = ""
    founder: Annotated[str, zh("举办者", min_length=1, max_length=100)]
    founder_code: Annotated[str, zh("举办者码", FOUNDER_CODE, max_length=10)]
    for_profit: Annotated[bool, zh("营利性")] = False
    relation: Annotated[Relation | None, zh("从属关系")] = None
    parent: Annotated[UUID | None, zh("所属幼儿园")] = None
    host_school: Annotated[str | None, zh("所在学校", min_length=1, max_length=100)] = None
    group_id: Annotated[UUID | None, zh("教育集团")] = None
    licence_number: Annotated[str | None, zh("办学许可证号", min_length=1, max_length=50)] = None
    licence_issued_on: Annotated[Day | None, zh("发证日期")] = None
    licence_expires_on: Annotated[Day | None, zh("许可证到期日", LICENCE_END)] = None
    opened_on: Annotated[Day | None, zh("开办日期")] = None
    address: Annotated[str, zh("地址", max_length=200)] = ""
    phone: Annotated[str, zh("电话", max_length=30, pattern=r"^[0-9+\-转 ]*$")] = ""
    urban_rural_code: Annotated[str | None, zh("城乡分类码", "Code list `urban_rural_code`.", max_length=10)] = None
    latitude: Annotated[float | None, zh("纬度", "WGS 84.", ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, zh("经度", "WGS 84.", ge=-180, le=180, allow_inf_nan=False)] = None
    town_centre: Annotated[bool, zh("乡镇中心园")] = False
    village_level: Annotated[bool, zh("村级园")] = False
    licensed_seats: Annotated[int, zh("核定学位数", ge=0, le=10_000)] = 0
    synthetic: Annotated[bool, zh("演示数据")] = False


class KindergartenPut(KindergartenFields):
    """The whole entry under a school code."""

    first: Annotated[
        First,
        zh("首次登记事项", "Enters a new kindergarten; must agree with the record of one already registered."),
    ] = First()


class KindergartenNew(KindergartenPut):
    """A kindergarten to register."""

    school_code: Annotated[
        str | None, zh("学校标识码", "Ten digits; an attached class has none of its own.", max_length=30), Normal
    ] = None


class KindergartenPatch(In):
    """The fields to change, and only these."""

    division: Annotated[str, zh("区划代码", pattern=DIVISION)] = UNSENT
    name: Annotated[str, zh("名称", min_length=2, max_length=100)] = UNSENT
    short_name: Annotated[str, zh("简称", max_length=50)] = UNSENT
    school_code: Annotated[str | None, zh("学校标识码", max_length=30), Normal] = None
    school_type: Annotated[str, zh("办学类型码", max_length=10)] = UNSENT
    credit_code: Annotated[str | None, zh("统一社会信用代码", max_length=30), Normal] = None
    credit_code_note: Annotated[str, zh("信用代码说明", CREDIT_NOTE, max_length=500)] = UNSENT
    founder: Annotated[str, zh("举办者", min_length=1, max_length=100)] = UNSENT
    founder_code: Annotated[str, zh("举办者码", FOUNDER_CODE, max_length=10)] = UNSENT
    for_profit: Annotated[bool, zh("营利性")] = UNSENT
    relation: Annotated[Relation | None, zh("从属关系")] = None
    parent: Annotated[UUID | None, zh("所属幼儿园")] = None
    host_school: Annotated[str | None, zh("所在学校", min_length=1, max_length=100)] = None
    group_id: Annotated[UUID | None, zh("教育集团")] = None
    licence_number: Annotated[str | None, zh("办学许可证号", min_length=1, max_length=50)] = None
    licence_issued_on: Annotated[Day | None, zh("发证日期")] = None
    licence_expires_on: Annotated[Day | None, zh("许可证到期日", LICENCE_END)] = None
    opened_on: Annotated[Day | None, zh("开办日期")] = None
    address: Annotated[str, zh("地址", max_length=200)] = UNSENT
    phone: Annotated[str, zh("电话", max_length=30, pattern=r"^[0-9+\-转 ]*$")] = UNSENT
    urban_rural_code: Annotated[str | None, zh("城乡分类码", max_length=10)] = None
    latitude: Annotated[float | None, zh("纬度", ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, zh("经度", ge=-180, le=180, allow_inf_nan=False)] = None
    town_centre: Annotated[bool, zh("乡镇中心园")] = UNSENT
    village_level: Annotated[bool, zh("村级园")] = UNSENT
    licensed_seats: Annotated[int, zh("核定学位数", ge=0, le=10_000)] = UNSENT

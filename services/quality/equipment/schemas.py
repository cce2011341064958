from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.equipment.codes import EquipmentArea, EquipmentPer
from services.quality.parent_courses.codes import AgeStage
from shared.schemas import Count, Day, In, Out, Page, zh

ITEM = r"^[A-Z][0-9A-Z]{1,9}$"
PLACE = r"^(shared|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"


class EquipmentItemIn(In):
    code: Annotated[str, zh("代码", pattern=ITEM)]
    area: Annotated[EquipmentArea, zh("类别")]
    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    unit: Annotated[str, zh("单位", min_length=1, max_length=20)]
    per: Annotated[EquipmentPer, zh("配备单位")]
    kinds: Annotated[list[AgeStage], zh("班级类型", "Of these classes only; empty: of all.", max_length=3)] = Field(
        default=[]
    )
    least: Annotated[int, zh("最低数量", ge=1, le=10000)]


class EquipmentListNew(In):
    """The official list, or the district's own, as it was published."""

    edition: Annotated[str, zh("版本", pattern=r"^[0-9a-z.-]{1,40}$")]
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]
    since: Annotated[Day, zh("施行日期", "The edition before ends on it.")]
    items: Annotated[list[EquipmentItemIn], zh("目录", min_length=1, max_length=500)]


class EquipmentItemOut(Out):
    code: Annotated[str, zh("代码")]
    area: Annotated[EquipmentArea, zh("类别")]
    name: Annotated[str, zh("名称")]
    unit: Annotated[str, zh("单位")]
    per: Annotated[EquipmentPer, zh("配备单位")]
    kinds: Annotated[list[AgeStage], zh("班级类型")]
    least: Annotated[Count, zh("最低数量")]


class EquipmentListOut(Out):
    edition: Annotated[str, zh("版本")]
    title: Annotated[str, zh("名称")]
    document: Annotated[str, zh("依据文件")]
    tag: Annotated[str, zh("可信度", "An illustrative list has no authority: the district enters its own.")]
    since: Annotated[date, zh("施行日期")]
    until: Annotated[date | None, zh("失效日期")]
    items: Annotated[list[EquipmentItemOut], zh("目录")]


class EquipmentListQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "The edition in force on this day.")] = None


class EquipmentHoldingPut(In):
    quantity: Annotated[int, zh("数量", ge=0, le=100_000)]
    usable: Annotated[int, zh("可用数量", ge=0, le=100_000)]
    note: Annotated[str, zh("状况", max_length=500)] = ""


class EquipmentHoldingOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    place: Annotated[str, zh("存放处", "A class, or `shared`.")]
    item: Annotated[str, zh("代码")]
    quantity: Annotated[Count, zh("数量")]
    usable: Annotated[Count, zh("可用数量")]
    note: Annotated[str, zh("状况")]
    counted_on: Annotated[date, zh("清点日期")]


class EquipmentGapRow(Out):
    """One line of the list in one place: what is asked, what is fit for use, what is missing."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    place: Annotated[str, zh("存放处")]
    place_name: Annotated[str, zh("存放处名称")]
    code: Annotated[str, zh("代码")]
    name: Annotated[str, zh("名称")]
    area: Annotated[EquipmentArea, zh("类别")]
    unit: Annotated[str, zh("单位")]
    least: Annotated[Count, zh("最低数量")]
    usable: Annotated[Count, zh("可用数量")]
    gap: Annotated[Count, zh("缺口")]


class EquipmentGapPage(Out):
    items: Annotated[list[EquipmentGapRow], zh("配备")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EquipmentGapQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "The list in force and the classes running on this day.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    area: Annotated[EquipmentArea | None, zh("类别")] = None
    code: Annotated[str | None, zh("代码", pattern=ITEM)] = None
    short: Annotated[bool | None, zh("有缺口")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class EquipmentCoverageRow(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    lines: Annotated[Count, zh("应配备项数")]
    met: Annotated[Count, zh("达标项数")]
    met_percent: Annotated[str | None, zh("达标率(%)")]
    complete: Annotated[bool, zh("配备齐全")]


class EquipmentCoveragePage(Out):
    items: Annotated[list[EquipmentCoverageRow], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EquipmentCoverageQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    complete: Annotated[bool | None, zh("配备齐全")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"

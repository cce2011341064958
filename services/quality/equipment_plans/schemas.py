from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.quality.equipment.schemas import ITEM, PLACE
from services.quality.equipment_plans.codes import EquipmentPlanState
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, In, Money, Out, Page, zh

Price = Annotated[
    Decimal,
    Field(max_digits=10, decimal_places=2, ge=0),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d{1,8}(\.\d{1,2})?$"}),
]


class EquipmentLineIn(In):
    item: Annotated[str, zh("代码", pattern=ITEM)]
    quantity: Annotated[int, zh("数量", ge=1, le=10000)]
    unit_price: Annotated[Price, zh("单价(元)")]


class EquipmentPlanContent(In):
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    rural: Annotated[bool, zh("农村园改善")] = False
    funds: Annotated[str, zh("资金来源", min_length=1, max_length=200)]
    lines: Annotated[list[EquipmentLineIn], zh("采购清单", min_length=1, max_length=200)]


class EquipmentPlanNew(EquipmentPlanContent):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    year: Annotated[int, zh("年度", ge=2020, le=2100)]


class EquipmentPlanNote(In):
    note: Annotated[str, zh("意见", min_length=1, max_length=1000)]


class EquipmentArrival(In):
    item: Annotated[str, zh("代码", pattern=ITEM)]
    place: Annotated[str, zh("存放处", "A class, or `shared`.", pattern=PLACE)]
    quantity: Annotated[int, zh("数量", ge=1, le=10000)]


class EquipmentDelivery(In):
    arrivals: Annotated[list[EquipmentArrival], zh("到货", min_length=1, max_length=500)]
    note: Annotated[str, zh("验收意见", min_length=1, max_length=1000)]


class EquipmentLine(Out):
    item: Annotated[str, zh("代码")]
    quantity: Annotated[Count, zh("数量")]
    unit_price: Annotated[Price, zh("单价(元)")]


class EquipmentPlanRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    year: Annotated[int, zh("年度")]
    title: Annotated[str, zh("名称")]
    rural: Annotated[bool, zh("农村园改善")]
    funds: Annotated[str, zh("资金来源")]
    amount: Annotated[Money, zh("金额(元)")]
    state: Annotated[EquipmentPlanState, zh("状态")]
    delivered_on: Annotated[date | None, zh("验收日期")]


class EquipmentPlanOut(EquipmentPlanRow):
    lines: Annotated[list[EquipmentLine], zh("采购清单")]
    drafted_by: Annotated[str, zh("起草人")]
    submitted_by: Annotated[str | None, zh("提交人")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class EquipmentPlanPage(Out):
    items: Annotated[list[EquipmentPlanRow], zh("配备计划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EquipmentPlanQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("年度", ge=2020, le=2100)] = None
    state: Annotated[EquipmentPlanState | None, zh("状态")] = None
    rural: Annotated[bool | None, zh("农村园改善")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"


class EquipmentYearQuery(In):
    year: Annotated[int, zh("年度", ge=2020, le=2100)]


class EquipmentYear(Out):
    """A year's plans in the reader's scope: numbers and yuan."""

    year: Annotated[int, zh("年度")]
    plans: Annotated[Count, zh("计划数", "Without those cancelled.")]
    amount: Annotated[Money, zh("计划金额(元)")]
    approved_amount: Annotated[Money, zh("批准金额(元)", "Delivered ones included.")]
    delivered_amount: Annotated[Money, zh("验收金额(元)")]
    rural_plans: Annotated[Count, zh("农村园改善计划数")]
    rural_amount: Annotated[Money, zh("农村园改善金额(元)")]
    rural_delivered_amount: Annotated[Money, zh("农村园改善验收金额(元)")]

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.suppliers.codes import SupplierStanding, SupplyKind
from shared.schemas import Count, Day, In, Out, Page, zh


class SupplierPut(In):
    name: Annotated[str, zh("名称", min_length=1, max_length=200)]
    kinds: Annotated[list[SupplyKind], zh("供应类别", min_length=1, max_length=10)]
    licence_number: Annotated[str, zh("许可证编号", min_length=1, max_length=50)]
    licence_until: Annotated[Day, zh("许可证有效期至")]
    since: Annotated[Day, zh("开始供货日期")]
    until: Annotated[Day | None, zh("停止供货日期", "Exclusive.")] = None
    files: Annotated[list[UUID], zh("材料", "Scans of licence and contract.", max_length=20)] = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class SupplierOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    code: Annotated[str, zh("供应商编号")]
    name: Annotated[str, zh("名称")]
    kinds: Annotated[list[SupplyKind], zh("供应类别")]
    licence_number: Annotated[str, zh("许可证编号")]
    licence_until: Annotated[date, zh("许可证有效期至")]
    since: Annotated[date, zh("开始供货日期")]
    until: Annotated[date | None, zh("停止供货日期")]
    standing: Annotated[SupplierStanding, zh("状态", "On the day asked for.")]
    days_left: Annotated[int, zh("剩余天数", "Until the licence ends; negative: days since.")]
    files: Annotated[list[UUID], zh("材料")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class SupplierPage(Out):
    items: Annotated[list[SupplierOut], zh("供应商")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SupplierQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    standing: Annotated[SupplierStanding | None, zh("状态")] = None
    expires_before: Annotated[Day | None, zh("许可证早于此日到期")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None
    sort: Annotated[Literal["licence_until", "-licence_until", "name"], zh("排序")] = "licence_until"

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.fee_items.codes import FeeCategory
from services.finance.parameters.schemas import Number
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class ChargeNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Annotated[UUID, zh("幼儿")]
    fee_item: Annotated[UUID, zh("收费项目", "A published fee standard of the kindergarten.")]
    quantity: Annotated[Number, zh("数量", "Units of the item.", gt=0, max_digits=8, decimal_places=2)] = Decimal(1)
    amount: Annotated[Money, zh("收费金额", "What the family is asked to pay.", ge=0)]
    covers_since: Annotated[Day, zh("所属期起")]
    covers_until: Annotated[Day, zh("所属期止", "The first day no longer covered.")]
    charged_on: Annotated[Day, zh("收费日期")]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.covers_until <= self.covers_since:
            raise PydanticCustomError("period_backwards", "`covers_until` must be later than `covers_since`")
        return self


class ChargeOut(Out):
    """What a family owes for one item and period, and why it is that much."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    child: Annotated[UUID, zh("幼儿")]
    fee_item: Annotated[UUID, zh("收费项目编号")]
    category: Annotated[FeeCategory, zh("类别")]
    name: Annotated[str, zh("收费项目")]
    covers_since: Annotated[date, zh("所属期起")]
    covers_until: Annotated[date, zh("所属期止")]
    charged_on: Annotated[date, zh("收费日期")]
    gross: Annotated[Money, zh("应收金额")]
    waived: Annotated[Money, zh("免保教费金额")]
    aided: Annotated[Money, zh("资助金额")]
    amount: Annotated[Money, zh("家庭负担")]
    municipal: Annotated[Money, zh("市级负担", "Of what is waived and aided.")]
    district: Annotated[Money, zh("区级负担", "Of what is waived and aided.")]
    basis: Annotated[dict[str, Any], zh("计算依据")]
    entry: Annotated[UUID | None, zh("凭证编号")]
    synthetic: Annotated[bool, zh("演示数据")]
    charged_by: Annotated[str, zh("收费人")]
    created_at: Annotated[datetime, zh("记录时间")]


class ChargePage(Out):
    items: Annotated[list[ChargeOut], zh("收费")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ChargeQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    since: Annotated[Day | None, zh("起始日期", "Charged on this day or later.")] = None
    until: Annotated[Day | None, zh("截止日期", "The first day that is left out.")] = None
    sort: Annotated[Literal["-charged_on", "charged_on"], zh("排序")] = "-charged_on"

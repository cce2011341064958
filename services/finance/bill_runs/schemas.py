from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.schemas import Count, Day, In, Money, Out, Page, zh


class DaysAttended(In):
    child: Annotated[UUID, zh("幼儿")]
    days: Annotated[int, zh("出勤天数", ge=0, le=31)]


class BillRunNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[Day, zh("月份", "Any day of it.")]
    charged_on: Annotated[Day, zh("出账日期")]
    days: Annotated[
        tuple[DaysAttended, ...], zh("出勤", "For what is charged by the day."), Field(max_length=2000)
    ] = ()


class BillRunOut(Out):
    """What billing a month added."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    charged_on: Annotated[date, zh("出账日期")]
    headcount_revision: Annotated[Count, zh("人数核定修订号")]
    charges: Annotated[Count, zh("新增收费笔数")]
    gross: Annotated[Money, zh("应收合计")]
    waived: Annotated[Money, zh("免保教费合计")]
    aided: Annotated[Money, zh("资助合计")]
    amount: Annotated[Money, zh("家庭负担合计")]
    entry: Annotated[UUID | None, zh("凭证编号")]
    made_by: Annotated[str, zh("出账人")]
    created_at: Annotated[datetime, zh("记录时间")]


class BillRunPage(Out):
    items: Annotated[list[BillRunOut], zh("月度出账")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BillRunQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    sort: Annotated[Literal["-month", "month"], zh("排序")] = "-month"

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Out, Page, zh


class SuspensionOut(Out):
    """A month for which a kindergarten gets nothing of a programme, as approved runs last said; `line` explains it."""

    line: Annotated[UUID, zh("补助明细", "GET /subsidy-lines/{id}/explanation: reasons, documents, appeal route.")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    programme: Annotated[str, zh("补助项目")]
    month: Annotated[date, zh("所属月份")]
    unmet: Annotated[list[str], zh("未满足的条件")]


class SuspensionPage(Out):
    items: Annotated[list[SuspensionOut], zh("停发")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SuspensionQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    programme: Annotated[str | None, zh("补助项目", max_length=40)] = None
    sort: Annotated[Literal["-month", "month"], zh("排序")] = "-month"

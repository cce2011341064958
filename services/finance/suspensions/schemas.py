from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import UNSENT, Count, Day, Out, Page, zh


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


class SubsidyStanding(Out):
    """What a kindergarten's standing means for its subsidies on a day; the next run acts on it.

    The inspection is null where quality told of none; an inspection is known in quality by kindergarten and year.
    """

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    suspended: Annotated[bool, zh("停发")]
    programmes: Annotated[list[str], zh("停发项目", "Those that ask for what is not met.")]
    unmet: Annotated[list[str], zh("停发原因", "inspection, recognised, evaluation, alert: as far as asked for.")]
    appeal: Annotated[str | None, zh("申诉途径")]
    recognised_until: Annotated[date | None, zh("普惠性认定截至", "Of the last decision; null: none, or without end.")]
    alert_since: Annotated[date | None, zh("账户预警查实日期", "Of the first one confirmed and not put right.")]
    since: Annotated[date | None, zh("生效日期")]
    year: Annotated[int | None, zh("年检年度")]
    revision: Annotated[int | None, zh("修订号")]
    result: Annotated[str | None, zh("年检结论")]
    vetoed: Annotated[bool | None, zh("一票否决")]
    reasons: Annotated[list[str] | None, zh("理由")]
    document: Annotated[str | None, zh("文号")]
    told_at: Annotated[datetime | None, zh("收到时刻")]


class SubsidyStandingPage(Out):
    items: Annotated[list[SubsidyStanding], zh("补助资格")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SubsidyStandingQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    suspended: Annotated[bool | None, zh("停发")] = None
    as_of: Annotated[Day, zh("截至日期", "Today when left out.")] = UNSENT
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"

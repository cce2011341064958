from typing import Annotated, Any, Literal
from uuid import UUID

from services.finance.alerts.codes import AlertState
from shared.schemas import Count, Day, Money, Out, Page, zh

STAKE = "What was settled per child (or child-day) times those in question; what staff or suppliers were paid."
RULES = (
    "RAD-01 核定人数多于在册; RAD-02 同一幼儿两处在园; RAD-03 闭园日有出勤; RAD-04 出勤规律雷同; "
    "RAD-05 人数超过班额上限; RAD-06 离园幼儿仍计入; RAD-07 虚列人员; RAD-08 关联方链条; RAD-09 出勤人日超过可能"
)
RadarRule = Literal["RAD-01", "RAD-02", "RAD-03", "RAD-04", "RAD-05", "RAD-06", "RAD-07", "RAD-08", "RAD-09"]


class ImproperPaymentOut(Out):
    """Money that may have been paid without somebody behind it: rows to look at, not a verdict."""

    place: Annotated[str, zh("位置")]
    rule: Annotated[RadarRule, zh("规则", RULES)]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    children: Annotated[Count, zh("涉及数量", "Children; people for RAD-07, payments for RAD-08.")]
    amount: Annotated[Money, zh("涉及金额", STAKE)]
    evidence: Annotated[dict[str, Any], zh("证据", "What was compared, and in `rows` what to look at.")]
    alert: Annotated[UUID | None, zh("预警编号", "Once a check run raised it: owner, deadline and outcome.")]
    alert_state: Annotated[AlertState | None, zh("预警状态")]


class ImproperPaymentPage(Out):
    items: Annotated[list[ImproperPaymentOut], zh("疑点")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ImproperPaymentQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    rule: Annotated[RadarRule | None, zh("规则")] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"

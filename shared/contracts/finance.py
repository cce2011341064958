"""The facts finance announces."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Money, Out, zh

FEE_STANDARD_FILED = "finance.fee_standard.filed"
ACCOUNT_ALERT_RAISED = "finance.account_alert.raised"
ACCOUNT_ALERT_CLOSED = "finance.account_alert.closed"


class FeeStandardFact(Out):
    """A fee item accepted and published (收费备案)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    item: Annotated[str, zh("收费项目")]
    category: Annotated[str, zh("类别")]
    amount: Annotated[Money, zh("标准", "Yuan per unit.")]
    unit: Annotated[str, zh("单位")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    document: Annotated[str, zh("文号")]


class AccountAlertFact(Out):
    """An alert on a supervised account."""

    alert: Annotated[UUID, zh("预警编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    rule: Annotated[str, zh("规则")]
    state: Annotated[Literal["raised", "confirmed", "dismissed"], zh("状态")]
    on: Annotated[date, zh("日期")]

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from services.finance.alerts.codes import AlertState, AlertTopic
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class AlertOut(Out):
    """An alert and where its handling stands."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    rule: Annotated[str, zh("规则")]
    topic: Annotated[AlertTopic, zh("事项")]
    summary: Annotated[str, zh("情况")]
    amount: Annotated[Money, zh("涉及金额")]
    evidence: Annotated[list[dict[str, Any]], zh("证据", "The rows it rests on.")]
    raised_on: Annotated[date, zh("发现日期")]
    due_on: Annotated[date | None, zh("办理期限")]
    owner: Annotated[str, zh("承办人")]
    state: Annotated[AlertState, zh("状态")]
    outcome: Annotated[str, zh("处理结果")]
    confirmed_on: Annotated[date | None, zh("查实日期")]
    resolved_on: Annotated[date | None, zh("整改日期")]
    decided_by: Annotated[str | None, zh("核查人")]
    version: Annotated[Count, zh("版本")]


class AlertDetail(AlertOut):
    actions: Annotated[list[Offer], zh("可做的动作")]


class AlertPage(Out):
    items: Annotated[list[AlertOut], zh("预警")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AlertQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    rule: Annotated[str | None, zh("规则", max_length=10)] = None
    topic: Annotated[AlertTopic | None, zh("事项")] = None
    state: Annotated[AlertState | None, zh("状态")] = None
    overdue: Annotated[bool | None, zh("逾期", "Not decided by its deadline.")] = None
    sort: Annotated[Literal["-raised_on", "raised_on"], zh("排序")] = "-raised_on"


class AlertAssignment(In):
    owner: Annotated[str, zh("承办人", min_length=1, max_length=100)]


class AlertDecision(In):
    state: Annotated[Literal["confirmed", "dismissed", "resolved"], zh("结论")]
    outcome: Annotated[str, zh("处理结果", min_length=1, max_length=1000)]
    on: Annotated[Day, zh("日期")]


class RulePrecisionOut(Out):
    """How often a rule was right, as far as its alerts are decided."""

    rule: Annotated[str, zh("规则")]
    raised: Annotated[Count, zh("预警数")]
    confirmed: Annotated[Count, zh("查实数")]
    dismissed: Annotated[Count, zh("排除数")]
    amount: Annotated[Money, zh("查实金额")]
    precision: Annotated[str | None, zh("准确率", "Confirmed of those decided, 0 to 1; null while none is decided.")]

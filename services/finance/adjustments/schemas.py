from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from services.finance.adjustments.codes import AdjustmentKind, AdjustmentState, RefundCase
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class AdjustmentNew(In):
    kind: Annotated[AdjustmentKind, zh("类型")]
    refund_case: Annotated[RefundCase, zh("情形")]
    on_day: Annotated[Day, zh("办理日期")]
    left_on: Annotated[Day | None, zh("离园日期", "First day away, when the child left before the end.")] = None
    absent_days: Annotated[int | None, zh("缺勤天数", "Days of the month the child was away.", ge=1, le=31)] = None
    amount: Annotated[Money | None, zh("金额", "Only for mistakes; else the rule says it.", gt=0)] = None
    reason: Annotated[str, zh("理由", min_length=1, max_length=300)]


class AdjustmentDecision(In):
    approve: Annotated[bool, zh("同意")]


class AdjustmentQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    charge: Annotated[UUID | None, zh("收费编号")] = None
    child: Annotated[UUID | None, zh("幼儿")] = None
    kind: Annotated[AdjustmentKind | None, zh("类型")] = None
    state: Annotated[AdjustmentState | None, zh("状态")] = None
    sort: Annotated[Literal["-on_day", "on_day"], zh("排序")] = "-on_day"


class AdjustmentOut(Out):
    """A credit note or a refund of one charge."""

    id: Annotated[UUID, zh("编号")]
    charge: Annotated[UUID, zh("收费编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[AdjustmentKind, zh("类型")]
    refund_case: Annotated[RefundCase, zh("情形")]
    amount: Annotated[Money, zh("金额")]
    on_day: Annotated[date, zh("办理日期")]
    reason: Annotated[str, zh("理由")]
    basis: Annotated[dict[str, Any], zh("计算依据")]
    state: Annotated[AdjustmentState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    entry: Annotated[UUID | None, zh("凭证编号")]
    version: Annotated[Count, zh("版本")]


class AdjustmentPage(Out):
    items: Annotated[list[AdjustmentOut], zh("退费和核减")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None

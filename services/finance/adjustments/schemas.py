from datetime import date
from typing import Annotated, Any
from uuid import UUID

from services.finance.adjustments.codes import AdjustmentKind, AdjustmentState, RefundCase
from shared.schemas import Count, Day, In, Money, Out, zh


class AdjustmentNew(In):
    kind: Annotated[AdjustmentKind, zh("类型")]
    refund_case: Annotated[RefundCase, zh("情形")]
    on_day: Annotated[Day, zh("办理日期")]
    left_on: Annotated[Day | None, zh("离园日期", "First day away, when the child left before the end.")] = None
    amount: Annotated[Money | None, zh("金额", "Only for absent days and mistakes; else the rule says it.", gt=0)] = (
        None
    )
    reason: Annotated[str, zh("理由", min_length=1, max_length=300)]


class AdjustmentDecision(In):
    approve: Annotated[bool, zh("同意")]


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

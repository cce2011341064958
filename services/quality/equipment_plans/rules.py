"""玩教具配备计划: submitted by the kindergarten, approved by another person, delivered into the inventory. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from services.quality.permissions import May
from shared.machine import Machine, Verb, other_than, states

BASIS: Final = "行动计划(怀政办发〔2023〕16号)三(三)3"
_OPEN = states("drafted", "returned")
_OTHER = (other_than("审批", "submitted_by"),)
MACHINE: Machine = {
    "revise": Verb("修改", May.KEEP_EQUIPMENT_PLANS, _OPEN, "revised", BASIS),
    "submit": Verb("提交", May.KEEP_EQUIPMENT_PLANS, _OPEN, "submitted", BASIS),
    "approve": Verb("批准", May.APPROVE_EQUIPMENT, states("submitted"), "approved", BASIS, _OTHER),
    "return": Verb("退回", May.APPROVE_EQUIPMENT, states("submitted"), "returned", BASIS, _OTHER),
    "deliver": Verb("到货验收", May.KEEP_EQUIPMENT_PLANS, states("approved"), "delivered", BASIS),
    "cancel": Verb("取消", May.KEEP_EQUIPMENT_PLANS, states("drafted", "returned", "submitted"), "cancelled", BASIS),
}


def total(lines: Iterable[tuple[int, Decimal]]) -> Decimal:
    """Yuan to the fen: quantity times unit price, summed."""
    return sum((quantity * price for quantity, price in lines), Decimal("0.00")).quantize(Decimal("0.01"))

"""Words of refunds and credit notes, with their Chinese."""

from shared.schemas import Code


class AdjustmentKind(Code):
    CREDIT_NOTE = "credit_note", "核减应收", "credit note"
    REFUND = "refund", "退费", "refund"


class RefundCase(Code):
    """退费情形. How much of what is unused is paid back is a dated number (parameter refund_share)."""

    NEVER_ATTENDED = "never_attended", "缴费后未入园", "never attended"
    LEFT_EARLY = "left_early", "中途离园", "left before the end"
    ABSENT_DAYS = "absent_days", "缺勤", "absent days"
    MEALS_AT_COST = "meals_at_cost", "伙食费结余", "meals settled at cost"
    WRONG_CHARGE = "wrong_charge", "错收", "charged by mistake"


class AdjustmentState(Code):
    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已办理", "approved"
    REJECTED = "rejected", "已驳回", "rejected"

from shared.schemas import Code


class EquipmentPlanState(Code):
    """配备计划状态."""

    DRAFTED = "drafted", "起草", "drafted"
    SUBMITTED = "submitted", "已提交", "submitted"
    RETURNED = "returned", "退回", "returned"
    APPROVED = "approved", "已批准", "approved"
    DELIVERED = "delivered", "已到货验收", "delivered"
    CANCELLED = "cancelled", "已取消", "cancelled"

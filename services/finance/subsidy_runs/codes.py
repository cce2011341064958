"""Words of the subsidy runs, with their Chinese."""

from shared.schemas import Code


class RunState(Code):
    """补助批次."""

    PREPARING = "preparing", "测算中", "being prepared"
    PREPARED = "prepared", "待审批", "prepared"
    CANCELLED = "cancelled", "已作废", "cancelled"
    APPROVED = "approved", "已审批", "approved"
    PAYING = "paying", "拨付中", "being paid"
    PARTLY_PAID = "partly_paid", "部分拨付", "partly paid"
    PAID = "paid", "已拨付", "paid"
    CLOSED = "closed", "已办结", "closed"

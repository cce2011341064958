"""Words of the payments of subsidies, with their Chinese."""

from shared.schemas import Code


class PaymentState(Code):
    """拨付状态. A payment that failed is instructed again; one that was made never is."""

    NOTHING = "nothing", "无需拨付", "nothing to pay"
    HELD = "held", "暂缓(无备案账户)", "held: no account on file"
    READY = "ready", "待拨付", "ready"
    INSTRUCTED = "instructed", "已提交银行", "instructed"
    PAID = "paid", "已拨付", "paid"
    FAILED = "failed", "拨付失败", "failed"


class Outcome(Code):
    """What the bank said of an instruction."""

    PAID = "paid", "成功", "paid"
    FAILED = "failed", "失败", "failed"

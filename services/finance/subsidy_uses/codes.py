"""Words of the use of subsidies, with their Chinese."""

from shared.schemas import Code


class SubsidyUseState(Code):
    """资金使用: reported by the kindergarten, checked by an officer."""

    REPORTED = "reported", "已上报", "reported"
    CONFIRMED = "confirmed", "已核实", "confirmed"
    REJECTED = "rejected", "不予认可", "rejected"

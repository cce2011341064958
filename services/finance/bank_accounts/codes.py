"""Words of the filed bank accounts, with their Chinese."""

from shared.schemas import Code


class AccountState(Code):
    """账户备案: filed by the kindergarten, accepted by an officer, ended when it is closed."""

    FILED = "filed", "已申报", "filed"
    ACCEPTED = "accepted", "已备案", "accepted"
    RETURNED = "returned", "已退回", "returned"

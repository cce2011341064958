"""Words of what meal money is left and goes back, with their Chinese."""

from shared.schemas import Code


class MealReturnState(Code):
    """伙食费结余退还: proposed by the accountant, decided by the principal."""

    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已退还", "approved"
    REJECTED = "rejected", "已驳回", "rejected"

"""Words of the budgets, with their Chinese."""

from shared.schemas import Code


class BudgetState(Code):
    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已批复", "approved"
    REJECTED = "rejected", "已驳回", "rejected"
    REPLACED = "replaced", "已调整", "replaced"


class FundLevel(Code):
    """资金来源."""

    MUNICIPAL = "municipal", "市级", "municipal"
    DISTRICT = "district", "区级", "district"

"""Words of the reviews of standards, with their Chinese."""

from shared.schemas import Code


class StandardReviewOutcome(Code):
    """复核结论."""

    KEPT = "kept", "维持现行标准", "kept"
    ADJUSTED = "adjusted", "调整标准", "adjusted"


class StandardReviewState(Code):
    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已生效", "approved"
    REJECTED = "rejected", "已驳回", "rejected"


class ReviewIndicator(Code):
    """触发指标: what asks for a review before its turn (三(二)1-l: 经济发展水平, 居民承受能力, 办园成本)."""

    COST = "cost", "生均成本变动", "change of the cost per child"
    INCOME = "income", "家庭收入变动", "change of household income"
    BURDEN = "burden", "收费负担", "fee as a share of household income"
    COVERAGE = "coverage", "补助和收费对成本的覆盖", "share of the cost that subsidy and fee cover"

"""Words of what the other services tell of a kindergarten, with their Chinese."""

from shared.schemas import Code


class ServiceFactKind(Code):
    """What was told."""

    ANNUAL_INSPECTION = "annual_inspection", "年检结论", "result of an annual inspection"
    EVALUATION = "evaluation", "督导评估等级", "grade of an evaluation"
    MAJOR_HAZARD = "major_hazard", "重大隐患", "major hazard"
    PENALTY = "penalty", "行政处罚", "penalty"
    ACCOUNT_ALERT = "account_alert", "资金账户预警", "alert on a supervised account"
    UNLICENSED_SITE = "unlicensed_site", "无证园", "unlicensed kindergarten"


class InspectionResult(Code):
    """年检结论."""

    PASSED = "passed", "合格", "passed"
    CONDITIONAL = "conditional", "基本合格", "passed with conditions"
    FAILED = "failed", "不合格", "failed"

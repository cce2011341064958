from shared.schemas import Code


class AnnualInspectionState(Code):
    """年检状态."""

    OPEN = "open", "待园所提交", "open"
    SUBMITTED = "submitted", "已提交", "submitted"
    ASSESSED = "assessed", "已核查", "assessed"
    CORRECTING = "correcting", "限期整改", "correcting"
    DECIDED = "decided", "已决定", "decided"
    APPEALED = "appealed", "申诉中", "appealed"
    FINAL = "final", "终结", "final"


class AnnualInspectionResult(Code):
    """年检结论."""

    PASSED = "passed", "合格", "passed"
    CONDITIONAL = "conditional", "基本合格", "conditional"
    FAILED = "failed", "不合格", "failed"


class AnnualInspectionFinding(Code):
    """核查结论."""

    MET = "met", "达到", "met"
    UNMET = "unmet", "未达到", "unmet"
    NOT_APPLICABLE = "not_applicable", "不适用", "not applicable"


class Consequence(Code):
    """年检结论的后果."""

    SUBSIDY_SUSPENDED = "subsidy_suspended", "暂停财政补助", "subsidies suspended"
    COMMENDATION_BARRED = "commendation_barred", "取消评优评先资格", "barred from commendations"
    ENROLMENT_REVIEWED = "enrolment_reviewed", "核减招生或依法处理", "enrolment under review"
    RECTIFICATION_ORDERED = "rectification_ordered", "限期整改", "rectification ordered"

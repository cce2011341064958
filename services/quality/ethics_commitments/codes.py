from shared.schemas import Code


class AppraisalResult(Code):
    """师德考核结论."""

    EXCELLENT = "excellent", "优秀", "excellent"
    QUALIFIED = "qualified", "合格", "qualified"
    BARELY_QUALIFIED = "barely_qualified", "基本合格", "barely qualified"
    UNQUALIFIED = "unqualified", "不合格", "unqualified"

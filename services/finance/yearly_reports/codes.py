"""Words of the yearly reports, with their Chinese."""

from shared.schemas import Code


class ReportState(Code):
    """年度财务报告: filed by the kindergarten, accepted or returned by an officer; a later one replaces it."""

    FILED = "filed", "已报送", "filed"
    ACCEPTED = "accepted", "已受理", "accepted"
    RETURNED = "returned", "已退回", "returned"
    REPLACED = "replaced", "已替换", "replaced"


class AuditOpinion(Code):
    """审计意见."""

    UNQUALIFIED = "unqualified", "标准无保留意见", "unqualified"
    EMPHASIS = "emphasis", "带强调事项段的无保留意见", "unqualified with emphasis of matter"
    QUALIFIED = "qualified", "保留意见", "qualified"
    ADVERSE = "adverse", "否定意见", "adverse"
    DISCLAIMER = "disclaimer", "无法表示意见", "disclaimer of opinion"

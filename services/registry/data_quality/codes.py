from shared.schemas import Code


class FindingState(Code):
    """数据问题状态."""

    OPEN = "open", "待处理", "open"
    DISMISSED = "dismissed", "已说明", "explained"
    RESOLVED = "resolved", "已消除", "gone"

from shared.schemas import Code


class BookReportState(Code):
    """图书清理报告状态."""

    REPORTED = "reported", "已报告", "reported"
    PASSED = "passed", "复查通过", "passed"
    FAILED = "failed", "复查未通过", "failed"

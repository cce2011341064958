"""Words of inspections that others made, with their Chinese."""

from shared.schemas import Code


class OutsideResult(Code):
    """What an inspection from outside came to."""

    PASSED = "passed", "合格", "passed"
    CONDITIONAL = "conditional", "基本合格", "conditional"
    FAILED = "failed", "不合格", "failed"
    NONE = "none", "无结论", "no result"

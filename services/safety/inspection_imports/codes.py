"""Words of inspections that others made and of their import, with their Chinese."""

from shared.schemas import Code


class OutsideResult(Code):
    """What an inspection from outside came to."""

    PASSED = "passed", "合格", "passed"
    CONDITIONAL = "conditional", "基本合格", "conditional"
    FAILED = "failed", "不合格", "failed"
    NONE = "none", "无结论", "no result"


class DayPrecision(Code):
    """How exactly the source tells the day."""

    DAY = "day", "日", "the day"
    MONTH = "month", "月", "the month: stored as its first day"
    YEAR = "year", "年", "the year: stored as its first day"


class InspectionImportMode(Code):
    """Whether an import only shows what it would do."""

    DRY_RUN = "dry_run", "试导入", "dry run"
    COMMIT = "commit", "正式导入", "commit"


class InspectionImportAtomicity(Code):
    """What happens to sound rows beside refused ones."""

    ATOMIC = "atomic", "全部或不导入", "all or nothing"
    PARTIAL = "partial", "导入无误的行", "the sound rows"


class InspectionImportState(Code):
    """How far an import is."""

    RECEIVED = "received", "已接收", "received"
    CHECKED = "checked", "已检查", "checked, nothing stored"
    STORING = "storing", "写入中", "being stored"
    STORED = "stored", "已导入", "stored"
    REFUSED = "refused", "未通过", "refused, nothing stored"
    CANCELLED = "cancelled", "已取消", "cancelled; rows stored so far stay until undone"
    UNDONE = "undone", "已撤销", "undone"

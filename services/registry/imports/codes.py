"""Words of roll imports, with their Chinese."""

from shared.schemas import Code


class ImportMode(Code):
    """Whether an import only shows what it would do."""

    DRY_RUN = "dry_run", "试导入", "dry run"
    COMMIT = "commit", "正式导入", "commit"


class ImportAtomicity(Code):
    """What happens to sound rows beside refused ones."""

    ATOMIC = "atomic", "全部或不导入", "all or nothing"
    PARTIAL = "partial", "导入无误的行", "the sound rows"


class OnRegisteredChild(Code):
    """What to do with a child that is registered already."""

    REFUSE = "refuse", "拒绝", "refuse the row"
    UPDATE = "update", "更新并入班", "update its record and enrol it"


class ImportState(Code):
    """How far an import is."""

    RECEIVED = "received", "已接收", "received"
    CHECKED = "checked", "已检查", "checked, nothing stored"
    STORING = "storing", "写入中", "being stored"
    STORED = "stored", "已导入", "stored"
    REFUSED = "refused", "未通过", "refused, nothing stored"
    CANCELLED = "cancelled", "已取消", "cancelled"
    UNDONE = "undone", "已撤销", "undone"


def said(state: str) -> str:
    """The state in Chinese."""
    return next(each.zh for each in ImportState if each == state)


class FindingSeverity(Code):
    """Whether a finding refuses its row."""

    ERROR = "error", "错误", "error"
    OVERRIDE = "override", "需说明", "needs a reason"
    WARNING = "warning", "提醒", "warning"

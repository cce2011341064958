from shared.schemas import Code


class ReadingBookAudience(Code):
    """使用对象."""

    TEACHER = "teacher", "教师用书", "teachers"
    CHILD = "child", "幼儿读物", "children"


class ReadingBookSource(Code):
    """来源."""

    BOUGHT = "bought", "采购", "bought"
    GIFT = "gift", "捐赠", "gift"
    OWN = "own", "自制", "self-made"


class BookDisposal(Code):
    """清理去向."""

    DESTROYED = "destroyed", "销毁", "destroyed"
    RETURNED = "returned", "退回", "returned"
    HANDED_IN = "handed_in", "上交", "handed in"
    OTHER = "other", "其他", "other"


class ReadingBookState(Code):
    """审查状态."""

    PROPOSED = "proposed", "待审查", "proposed"
    SCREENED = "screened", "初审通过", "screened"
    APPROVED = "approved", "审查通过", "approved"
    REJECTED = "rejected", "审查不通过", "rejected"
    REMOVED = "removed", "已清理", "removed"

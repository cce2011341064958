from shared.schemas import Code


class PracticeTopic(Code):
    """经验主题."""

    TRANSITION = "transition", "幼小衔接", "transition to school"
    FAMILIES = "families", "家园社协同", "families and community"
    DAILY_LIFE = "daily_life", "一日生活与游戏", "daily life and play"
    TEACHERS = "teachers", "教师发展", "teachers"
    ENVIRONMENT = "environment", "环境与材料", "environment and materials"
    SUPPORT = "support", "帮扶共进", "support"


class PracticeCaseState(Code):
    """案例状态."""

    SUBMITTED = "submitted", "已提交", "submitted"
    ACCEPTED = "accepted", "已入库", "in the library"
    DECLINED = "declined", "未入库", "declined"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class SeminarState(Code):
    """研讨状态."""

    PLANNED = "planned", "已安排", "planned"
    HELD = "held", "已开展", "held"
    CANCELLED = "cancelled", "已取消", "cancelled"

from shared.schemas import Code


class VisitTopic(Code):
    """督导内容."""

    LAWFULNESS = "lawfulness", "依法办园", "lawful running"
    SAFETY = "safety", "安全管理", "safety"
    HEALTH = "health", "卫生保健", "health care"
    EDUCATION = "education", "保育教育", "care and education"
    ETHICS = "ethics", "师德师风", "ethics"
    MANAGEMENT = "management", "内部管理", "management"
    OPENNESS = "openness", "园务公开", "openness"


class VisitMethod(Code):
    """督导方式."""

    WATCH = "watch", "观看活动", "watching activities"
    FILES = "files", "查阅资料", "reading files"
    TALK = "talk", "座谈走访", "talks"
    WALK = "walk", "校园巡视", "walking round"


class IssueState(Code):
    """督导问题状态."""

    OPEN = "open", "待整改", "open"
    ANSWERED = "answered", "已反馈", "answered"
    CLOSED = "closed", "已复查销号", "closed"

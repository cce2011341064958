from shared.schemas import Code


class AgeStage(Code):
    """年龄段."""

    SMALL = "small", "小班", "small class"
    MIDDLE = "middle", "中班", "middle class"
    LARGE = "large", "大班", "big class"


class ParentTopic(Code):
    """家长课程主题."""

    ENTRY = "entry", "入园准备", "entering kindergarten"
    HABITS = "habits", "生活习惯", "habits"
    HEALTH = "health", "营养与健康", "health"
    EMOTION = "emotion", "情绪与交往", "emotion and company"
    PLAY = "play", "游戏与学习", "play and learning"
    SAFETY = "safety", "安全", "safety"
    LAW = "law", "家庭教育与权利保护", "family education and rights"
    SCHOOL = "school", "入学准备", "going to school"


class ParentSessionState(Code):
    """家长课程安排状态."""

    SCHEDULED = "scheduled", "已安排", "scheduled"
    HELD = "held", "已开展", "held"
    CANCELLED = "cancelled", "已取消", "cancelled"

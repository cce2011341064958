from shared.schemas import Code


class TrainingLevel(Code):
    """培训层级."""

    CITY = "city", "市级", "city"
    DISTRICT = "district", "区级", "district"
    KINDERGARTEN = "kindergarten", "园级", "kindergarten"


class TrainingTopic(Code):
    """培训主题."""

    ETHICS = "ethics", "师德师风", "ethics"
    SAFETY = "safety", "安全与应急", "safety"
    HEALTH = "health", "卫生保健", "health care"
    PLAY = "play", "游戏与环境", "play and environment"
    OBSERVATION = "observation", "观察与支持", "observation"
    TRANSITION = "transition", "幼小衔接", "transition to school"
    INCLUSION = "inclusion", "特殊需要", "special needs"
    LAW = "law", "法律法规", "law"
    LEADERSHIP = "leadership", "园务管理", "leadership"
    OTHER = "other", "其他", "other"


class TrainingPost(Code):
    """岗位."""

    PRINCIPAL = "principal", "园长", "principal"
    TEACHER = "teacher", "教师", "teacher"
    CARER = "carer", "保育员", "carer"
    HEALTH = "health", "卫生保健人员", "health worker"
    KITCHEN = "kitchen", "炊事人员", "kitchen"
    GUARD = "guard", "安全保卫人员", "guard"
    OFFICE = "office", "财务及其他", "office and others"

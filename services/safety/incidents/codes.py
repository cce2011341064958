"""Words of incidents, with their Chinese."""

from shared.schemas import Code


class IncidentState(Code):
    """Whether it is being dealt with."""

    OPEN = "open", "处置中", "being dealt with"
    CLOSED = "closed", "已办结", "closed"


class IncidentCategory(Code):
    """What happened."""

    INJURY = "injury", "幼儿受伤", "a child was hurt"
    ABUSE = "abuse", "侵害或疑似侵害", "harm or suspected harm to a child"
    MISSING_CHILD = "missing_child", "幼儿走失", "a child is missing"
    HEALTH_EVENT = "health_event", "突发公共卫生事件", "a sudden public health event"
    FOOD_POISONING = "food_poisoning", "食物中毒", "food poisoning"
    FIRE = "fire", "火情", "fire"
    TRAFFIC = "traffic", "交通事故", "traffic accident"
    INTRUSION = "intrusion", "外来侵入", "intrusion"
    OTHER = "other", "其他", "other"


class IncidentSeverity(Code):
    """How grave."""

    SLIGHT = "slight", "轻微", "slight"
    ORDINARY = "ordinary", "一般", "ordinary"
    SERIOUS = "serious", "严重", "serious"
    GRAVE = "grave", "特别严重", "grave"


class ReportTo(Code):
    """Who must hear of it."""

    GUARDIAN = "guardian", "监护人", "the guardian"
    EDUCATION = "education", "区教委", "the education committee"
    POLICE = "police", "公安机关", "the police"
    HEALTH = "health", "区卫生健康部门", "the health department"

"""Words of duty around a kindergarten, with their Chinese."""

from shared.schemas import Code


class DutyKind(Code):
    """What is guarded."""

    PEAK = "peak", "高峰勤务", "peak-hour duty of the police"
    GATE = "gate", "护学岗", "gate duty"
    PATROL = "patrol", "重点巡防", "patrol of key points"


class DutyForce(Code):
    """Who stands there."""

    POLICE = "police", "民警辅警", "police"
    GUARD = "guard", "保安员", "guard"
    TEACHER = "teacher", "教职工", "staff"
    VOLUNTEER = "volunteer", "志愿者", "volunteer"
    PARENT = "parent", "家长", "parent"


class ContactKind(Code):
    """Whom to call (联防联控)."""

    POLICE_STATION = "police_station", "派出所", "police station"
    TOWN = "town", "镇街", "town"
    FIRE = "fire", "消防", "fire brigade"
    HOSPITAL = "hospital", "医院", "hospital"
    DISEASE_CONTROL = "disease_control", "疾控", "disease control"
    COMMITTEE = "committee", "区教委", "education committee"


class DutyGapKind(Code):
    """What is missing."""

    NOBODY = "nobody", "无人排班", "nobody is rostered"
    ABSENT = "absent", "未签到", "nobody checked in"
    LATE = "late", "迟到", "checked in late"

"""Words of the books a kindergarten keeps at its gate and over its devices, with their Chinese."""

from shared.schemas import Code


class SiteLogKind(Code):
    """Which book (台账)."""

    GATE_PERSON = "gate_person", "外来人员出入登记", "a person at the gate"
    GATE_VEHICLE = "gate_vehicle", "车辆出入登记", "a vehicle at the gate"
    HAND_OVER = "hand_over", "接送交接", "a child handed over"
    PATROL = "patrol", "园内及周边巡查", "a round of the grounds and what is around them"
    VIDEO_OPERATION = "video_operation", "视频系统运行维护", "work on the video system"
    ALARM = "alarm", "报警与布防撤防记录", "an alarm, arming or disarming"

"""Words of protection by people, things and technology (人防 物防 技防), with their Chinese."""

from shared.schemas import Code


class CameraArea(Code):
    """Where a camera looks. The catalogue follows GB/T 29315-2022's list, editable by the district."""

    SURROUNDINGS = "surroundings", "学校周边", "surroundings"
    GATE = "gate", "大门外与主出入口", "gate and main entrance"
    PERIMETER = "perimeter", "周界", "perimeter"
    GUARD_ROOM = "guard_room", "门卫室", "guard room"
    OUTDOOR = "outdoor", "室外活动区域", "outdoor activity area"
    CORRIDOR = "corridor", "主要通道与出入口", "corridors and exits"
    ACTIVITY_ROOM = "activity_room", "活动室", "activity room"
    KITCHEN = "kitchen", "食堂操作间与出入口", "kitchen"
    PANTRY = "pantry", "配餐间、留样间、储藏室", "pantry"
    DINING = "dining", "就餐区", "dining area"
    NAP_ROOM = "nap_room", "寝室", "nap room"
    DORMITORY = "dormitory", "宿舍房间内部", "inside a dormitory room"
    TOILET = "toilet", "厕所", "toilet"
    BATHROOM = "bathroom", "浴室", "bathroom"
    CHANGING_ROOM = "changing_room", "更衣室、母婴室", "changing or nursing room"
    STAFF_REST_ROOM = "staff_rest_room", "职工宿舍、休息室", "staff rest room"


class GapSeverity(Code):
    """What a gap means."""

    STOP = "stop", "立即停用", "stop at once"
    RED = "red", "红色", "red"
    WARNING = "warning", "黄色", "yellow"

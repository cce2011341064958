"""Words of premises 园舍条件, with their Chinese."""

from shared.schemas import Code


class BuildingStructure(Code):
    """房屋结构."""

    FRAME = "frame", "框架结构", "frame"
    BRICK_CONCRETE = "brick_concrete", "砖混结构", "brick and concrete"
    BRICK_WOOD = "brick_wood", "砖木结构", "brick and timber"
    STEEL = "steel", "钢结构", "steel"
    OTHER = "other", "其他", "other"


class AppraisalKind(Code):
    """What was appraised."""

    SEISMIC = "seismic", "抗震鉴定", "earthquake resistance"
    FIRE = "fire", "消防验收(备案)", "fire acceptance"
    STRUCTURE = "structure", "房屋安全鉴定", "structural safety"


class AppraisalState(Code):
    """Where an appraisal stands on a day."""

    VALID = "valid", "有效", "valid"
    EXPIRING = "expiring", "即将到期", "expires soon"
    EXPIRED = "expired", "已到期", "expired"
    FAILED = "failed", "不合格", "failed"
    MISSING = "missing", "未鉴定", "missing"


class RoomKind(Code):
    """房间用途; those of activity count for the children's activity area."""

    ACTIVITY = "activity", "班级活动室", "activity room of a class"
    ACTIVITY_BEDROOM = "activity_bedroom", "活动室兼寝室", "activity room that is the bedroom as well"
    BEDROOM = "bedroom", "寝室", "bedroom"
    SPECIAL = "special", "专用活动室", "special activity room"
    HALL = "hall", "多功能活动室", "hall"
    TOILET = "toilet", "卫生间", "toilet"
    HEALTH = "health", "保健室(卫生室)", "health room"
    KITCHEN = "kitchen", "厨房", "kitchen"
    OFFICE = "office", "办公用房", "office"
    OTHER = "other", "其他", "other"


class ToiletArrangement(Code):
    """如厕安排 of a class (行动计划 三(三)3-e)."""

    SEPARATE = "separate", "男女分厕", "separate toilets for girls and boys"
    TIME_SHARED = "time_shared", "分时如厕", "one toilet at separate times"
    NONE = "none", "未分厕", "neither"


class PremisesGroup(Code):
    """Of which group C1 asks which share: by the year the kindergarten was planned, or opened when that is unknown."""

    FROM_2017 = "from_2017", "2017年及以后规划", "planned from 2017 on"
    BEFORE_2017 = "before_2017", "2017年以前规划", "planned before 2017"


class PremisesMeasure(Code):
    """What C1 measures for each child."""

    OUTDOOR = "outdoor", "户外活动场地", "outdoor play area"
    ACTIVITY = "activity", "幼儿活动用房", "children's activity rooms"
    BUILDING = "building", "园舍建筑", "building"


ACTIVITY_ROOMS = (
    RoomKind.ACTIVITY,
    RoomKind.ACTIVITY_BEDROOM,
    RoomKind.BEDROOM,
    RoomKind.SPECIAL,
    RoomKind.HALL,
)

"""Words of sites without a licence, with their Chinese."""

from shared.schemas import Code


class SiteKind(Code):
    """What is suspected."""

    UNLICENSED = "unlicensed", "无证园", "an unlicensed kindergarten"
    TRAINING = "training", "培训机构违规面向学龄前儿童", "a training institution teaching preschoolers"


class SiteState(Code):
    """Where a case stands; everything between reported and closed counts against zero (动态清零)."""

    REPORTED = "reported", "待核查", "reported"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    ORDERED = "ordered", "已责令停止", "ordered to stop"
    DIVERTED = "diverted", "整改取证中", "on the way to a licence"
    BANNED = "banned", "已取缔", "banned"
    TRANSFERRED = "transferred", "已移送", "transferred to the competent department"
    CLOSED = "closed", "已销案", "closed"
    UNFOUNDED = "unfounded", "不属实", "unfounded"


class SightingSource(Code):
    """Who saw it."""

    SWEEP = "sweep", "镇街排查", "a sweep of the town"
    PUBLIC = "public", "群众举报", "the public"
    DEPARTMENT = "department", "部门移送", "a department"
    INSPECTION = "inspection", "检查发现", "an inspection"

"""Words of hazards and their rectification, with their Chinese."""

from shared.schemas import Code


class HazardState(Code):
    """Where a hazard stands between being seen and being gone."""

    REPORTED = "reported", "已上报", "reported"
    GRADED = "graded", "已定级", "graded"
    ASSIGNED = "assigned", "整改中", "being rectified"
    SUBMITTED = "submitted", "待复核", "handed in for verification"
    ACCEPTED = "accepted", "已验收待销号", "accepted, awaiting removal"
    CLOSED = "closed", "已销号", "closed"
    DISMISSED = "dismissed", "不予认定", "dismissed"


class HazardLevel(Code):
    """安全生产法 art. 118: 一般 or 重大."""

    GENERAL = "general", "一般隐患", "general hazard"
    MAJOR = "major", "重大隐患", "major hazard"


class HazardCategory(Code):
    """What the hazard concerns."""

    DUTY = "duty", "责任制度", "duty and rules"
    GUARDS = "guards", "保安人员", "guards"
    CLOSED_MANAGEMENT = "closed_management", "封闭管理", "closed management"
    ALARM = "alarm", "一键报警", "alarm"
    VIDEO = "video", "视频监控", "video"
    FIRE = "fire", "消防", "fire safety"
    BUILDING = "building", "园舍建筑", "building"
    FACILITY = "facility", "设施玩具", "facilities and toys"
    UTILITIES = "utilities", "水电气热", "water, electricity, gas, heat"
    FOOD = "food", "食品", "food"
    HEALTH = "health", "卫生保健", "health care"
    BUS = "bus", "校车交通", "school bus and traffic"
    DRILL = "drill", "演练", "drills"
    SURROUNDINGS = "surroundings", "周边环境", "surroundings"
    STAFF = "staff", "人员资格", "staff qualification"
    CONDUCT = "conduct", "办园行为", "conduct"
    FEES = "fees", "收费行为", "fees"
    FINANCE = "finance", "财务管理", "finance"
    OTHER = "other", "其他", "other"


class HazardSource(Code):
    """Who found it."""

    SELF = "self", "园所自查", "the kindergarten itself"
    INSPECTION = "inspection", "检查发现", "an inspection"
    PATROL = "patrol", "巡防发现", "a patrol"
    PUBLIC = "public", "群众反映", "the public"
    INCIDENT = "incident", "事件引出", "an incident"
    MISSED_CHECK = "missed_check", "漏查", "a check that was missed"
    QUALITY = "quality", "质量监管", "quality supervision"
    FINANCE = "finance", "财务监管", "finance supervision"
    REGISTRY = "registry", "登记核查", "the register"
    EXTERNAL = "external", "外部系统", "another system"

"""Words of inspections, with their Chinese."""

from shared.schemas import Code


class InspectionState(Code):
    """Where an inspection stands."""

    PLANNED = "planned", "待检查", "planned"
    VISITING = "visiting", "检查中", "visiting"
    RECORDED = "recorded", "待签字", "recorded, awaiting signature"
    SIGNED = "signed", "已签字", "signed"
    SHARED = "shared", "结果已共享", "shared"
    CANCELLED = "cancelled", "已取消", "cancelled"


class InspectionKind(Code):
    """Why there is an inspection."""

    PLANNED = "planned", "计划检查", "by the yearly plan"
    RANDOM = "random", "随机抽查", "drawn at random"
    JOINT = "joint", "联合检查", "joint with departments"
    COMPLAINT = "complaint", "投诉核查", "after a complaint"
    RECHECK = "recheck", "复查", "a re-check"


class InspectionDepth(Code):
    """How much of the checklist is gone through."""

    FULL = "full", "全面检查", "the whole checklist"
    SHORT = "short", "重点检查", "key indicators only"

"""Words of places added 扩增学位, with their Chinese."""

from shared.schemas import Code


class PlaceChannel(Code):
    """How places came to be (三(一)2-a 多渠道增加普惠性资源供给)."""

    NEW = "new", "新建", "newly built"
    REBUILT = "rebuilt", "改扩建", "rebuilt or enlarged"
    CONVERTED = "converted", "民转普惠", "private turned inclusive"
    BRANCH = "branch", "分园", "branch"
    IDLE = "idle", "闲置改建", "idle building converted"

from shared.schemas import Code


class PartnershipKind(Code):
    """帮扶形式."""

    INTEGRATED = "integrated", "一体化办园", "run as one"
    HAND_IN_HAND = "hand_in_hand", "拉手互助", "hand in hand"
    PAIRED = "paired", "结对帮扶", "paired"


class PartnerKind(Code):
    """帮扶方."""

    KINDERGARTEN = "kindergarten", "区内幼儿园", "kindergarten of the district"
    OUTSIDE = "outside", "区外幼儿园", "kindergarten outside the district"
    UNIVERSITY = "university", "高等学校", "university"
    RESEARCH = "research", "教科研机构", "research institution"


class PartnershipState(Code):
    """结对状态."""

    AGREED = "agreed", "已签约", "agreed"
    ENDED = "ended", "已终止", "ended"


class PartnershipForm(Code):
    """帮扶活动形式."""

    VISIT = "visit", "入园指导", "visit"
    LESSON = "lesson", "观摩展示", "open lesson"
    RESEARCH = "research", "联合教研", "joint research"
    TRAINING = "training", "培训", "training"
    RESOURCE = "resource", "资源共享", "shared resources"


class ExchangeKind(Code):
    """交流形式."""

    ROTATION = "rotation", "轮岗", "rotation"
    SHADOWING = "shadowing", "跟岗", "shadowing"


class ExchangeDirection(Code):
    """交流方向."""

    TO_PARTNER = "to_partner", "派往帮扶方", "to the partner"
    FROM_PARTNER = "from_partner", "帮扶方派来", "from the partner"

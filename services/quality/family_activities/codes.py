from shared.schemas import Code


class FamilyActivityKind(Code):
    """家园社协同活动."""

    OPEN_DAY = "open_day", "家长开放日", "open day"
    MEETING = "meeting", "家长会", "parents' meeting"
    COMMITTEE = "committee", "家委会会议", "committee meeting"
    COMMUNITY = "community", "社区协同活动", "with the community"
    VISIT = "visit", "家访", "home visits"


class GuidanceKind(Code):
    """家庭准备指导."""

    ENTRY = "entry", "入园准备指导", "entering kindergarten"
    SCHOOL = "school", "入学准备指导", "going to school"

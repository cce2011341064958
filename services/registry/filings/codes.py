"""Words of the filing of a kindergarten's basic information 信息备案, with their Chinese."""

from shared.schemas import Code


class FilingKind(Code):
    """What a kindergarten files."""

    CHANGE = "change", "变更备案", "a change of its record"
    CONFIRMATION = "confirmation", "年度确认", "that its record is right, once a year"


class FilingState(Code):
    """Where a filing stands."""

    PROPOSED = "proposed", "待核", "waits for an answer"
    RETURNED = "returned", "退回", "sent back"
    ACCEPTED = "accepted", "已备案", "accepted"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class FeeRegime(Code):
    """Who sets what a kindergarten may charge (学前教育法 art. 24; 第六十八条)."""

    GOVERNMENT = "government", "政府定价或指导价", "set by the government"
    AGREED = "agreed", "普惠协议价", "agreed on recognition"
    MARKET = "market", "自主定价并公示", "set by the kindergarten and published"


class FilingStanding(Code):
    """How fresh the record of a kindergarten is."""

    FRESH = "fresh", "有效", "confirmed within the year"
    DUE = "due", "即将到期", "to be confirmed soon"
    STALE = "stale", "逾期未确认", "not confirmed in time"


class FilingRoute(Code):
    """By which way a field of the record changes."""

    FILING = "filing", "备案", "a filing"
    LICENCE = "licence", "许可变更", "a change of the licence"

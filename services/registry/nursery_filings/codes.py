"""Words of the filing of nursery classes 托班审核备案, with their Chinese."""

from shared.schemas import Code


class NurseryFilingKind(Code):
    """What is applied for."""

    NEW = "new", "新办", "first filing"
    CHANGE = "change", "变更", "change of a filing in force"
    RENEWAL = "renewal", "续期", "renewal"


class NurseryFilingState(Code):
    """Where an application and what became of it stand."""

    APPLIED = "applied", "已申请", "applied for"
    RETURNED = "returned", "退回补正", "sent back"
    EXAMINED = "examined", "已审核", "examined"
    FILED = "filed", "已备案", "filed"
    REFUSED = "refused", "不予备案", "refused"
    RETRACTED = "retracted", "已撤回", "retracted"
    ENDED = "ended", "已注销", "ended before its term"


class NurseryService(Code):
    """服务时间类型."""

    FULL_DAY = "full_day", "全日托", "full day"
    HALF_DAY = "half_day", "半日托", "half a day"
    HOURLY = "hourly", "计时托", "by the hour"


class NurseryEnd(Code):
    """Why a filing ends before its term."""

    OWN_WISH = "own_wish", "园所申请停办", "the kindergarten stops"
    CONDITIONS_LOST = "conditions_lost", "不再符合条件", "conditions no longer met"
    VIOLATION = "violation", "违规办托", "violation"
    PLACES_NEEDED = "places_needed", "学位须用于3—6岁幼儿", "places needed for children of 3 to 6"


class NurseryWarning(Code):
    """What an officer should look at."""

    EXPIRING = "expiring", "备案即将到期", "expires soon"
    LAPSED = "lapsed", "备案已到期", "lapsed"


class NurseryFault(Code):
    """What is wrong with a nursery class that runs."""

    NO_FILING = "no_filing", "未备案", "runs without a filing in force"
    BEYOND_FILING = "beyond_filing", "超出备案班数", "more classes than filed"
    OVERSIZE = "oversize", "超出备案人数", "more children than filed for a class"

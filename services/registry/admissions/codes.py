"""Words of admission, with their Chinese."""

from shared.schemas import Code


class RoundState(Code):
    """招生轮次状态."""

    DRAFT = "draft", "筹备", "being prepared"
    OPEN = "open", "报名", "taking applications"
    CLOSED = "closed", "报名截止,待分配", "closed, to be allocated"
    ALLOCATED = "allocated", "已分配,录取中", "allocated, places on offer"
    ENDED = "ended", "已结束", "ended"


class ApplicationState(Code):
    """报名状态."""

    FILED = "filed", "已报名", "filed"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class DeclarationState(Code):
    """优待声明审核状态. Only what is confirmed counts."""

    DECLARED = "declared", "待审核", "to be checked"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    REJECTED = "rejected", "不予确认", "not confirmed"


class PlaceState(Code):
    """录取与候补状态."""

    WAITING = "waiting", "候补", "on the waiting list"
    OFFERED = "offered", "已录取待确认", "offered"
    ACCEPTED = "accepted", "已确认入园", "accepted"
    DECLINED = "declined", "已放弃", "declined"
    LAPSED = "lapsed", "逾期未确认", "lapsed"
    REPLACED = "replaced", "已递补至更靠前志愿", "replaced by a dearer place"
    CLOSED = "closed", "候补终止", "waiting ended"


class SeatKind(Code):
    """招生班级类型: ages 3 to 6. Nursery classes 托班 are filed and admitted apart."""

    SMALL = "small", "小班", "small (3–4)"
    MIDDLE = "middle", "中班", "middle (4–5)"
    LARGE = "large", "大班", "large (5–6)"
    MIXED = "mixed", "混合班", "mixed (3–6)"


class FollowUpOutcome(Code):
    """未入园适龄幼儿跟踪结果."""

    WILL_APPLY = "will_apply", "将报名", "will apply"
    ELSEWHERE = "elsewhere", "在区外入园", "in a kindergarten outside the district"
    AT_HOME = "at_home", "家长暂不送园", "kept at home by choice"
    HEALTH = "health", "因健康暂缓", "put off for health"
    SUPPORT_NEEDED = "support_needed", "需协调安置", "needs help to find a place"
    NOT_REACHED = "not_reached", "未联系上", "not reached"
    MOVED_AWAY = "moved_away", "已迁出本区", "moved away"

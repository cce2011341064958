"""Words of the licence 办学许可, with their Chinese."""

from shared.schemas import Code


class LicenceKind(Code):
    """What is applied for."""

    ESTABLISH = "establish", "设立", "establish"
    RENEW = "renew", "延续", "renew"
    CHANGE = "change", "变更", "change"
    END = "end", "终止", "end"


class LicenceApplicationState(Code):
    """Where an application stands."""

    APPLIED = "applied", "已申请", "applied for"
    RETURNED = "returned", "退回补正", "sent back"
    ACCEPTED = "accepted", "已受理", "accepted"
    EXAMINED = "examined", "已核查", "examined"
    APPROVED = "approved", "已批准", "approved, not yet in effect"
    COMPLETED = "completed", "已办结", "completed"
    REFUSED = "refused", "不予许可", "refused"
    RETRACTED = "retracted", "已撤回", "retracted"


class LicenceCondition(Code):
    """The conditions of 学前教育法 art. 29, in its order."""

    CHARTER = "charter", "有组织机构和章程", "organisation and charter"
    STAFF = "staff", "有符合规定的园长、教师、保育员、卫生保健和安全保卫等人员", "qualified staff"
    SITE = "site", "设置在安全区域", "a site in a safe area"
    SIZE = "size", "规模和班额符合规定", "size and class sizes within the rules"
    PREMISES = (
        "premises",
        "有符合规定的园舍、卫生室或保健室、安全设施和户外场地",
        "premises, health room, safety",
    )
    FUNDS = "funds", "有必备办学资金和稳定的经费来源", "funds and a steady source of them"
    HEALTH = "health", "卫生评价合格", "health assessment passed"
    OTHER = "other", "法律法规规定的其他条件", "other conditions of the law"


class LicenceActKind(Code):
    """What was done to a licence from a day on."""

    GRANTED = "granted", "颁发", "granted"
    RENEWED = "renewed", "延续", "renewed"
    CHANGED = "changed", "变更", "changed"
    CORRECTED = "corrected", "更正", "corrected"
    SUSPENDED = "suspended", "暂停", "suspended"
    RESUMED = "resumed", "恢复", "resumed"
    REVOKED = "revoked", "吊销", "revoked"
    ENDED = "ended", "终止注销", "ended"


class LicenceStanding(Code):
    """How a licence stands on a day."""

    MISSING = "missing", "未登记许可证", "none on record"
    VALID = "valid", "有效", "valid"
    EXPIRING = "expiring", "即将到期", "expires soon"
    EXPIRED = "expired", "已过期", "expired"
    SUSPENDED = "suspended", "暂停", "suspended"
    REVOKED = "revoked", "已吊销", "revoked"
    ENDED = "ended", "已终止", "ended"

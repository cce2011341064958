"""Words of the recognition of inclusive private kindergartens 普惠性民办园认定, with their Chinese."""

from shared.schemas import Code


class RecognitionState(Code):
    """Where an application and what became of it stand."""

    RECORDED = "recorded", "补录待核", "entered, to be confirmed"
    APPLIED = "applied", "已申请", "applied for"
    RETURNED = "returned", "退回补正", "sent back"
    REVIEWED = "reviewed", "已审核", "reviewed"
    NOTICED = "noticed", "公示中", "under public notice"
    DISPUTED = "disputed", "公示有异议", "disputed"
    GRANTED = "granted", "已认定", "granted"
    REFUSED = "refused", "不予认定", "refused"
    RETRACTED = "retracted", "已撤回", "retracted"
    LEAVING = "leaving", "拟退出", "about to be withdrawn"
    WITHDRAWN = "withdrawn", "已退出", "withdrawn"


class RecognitionCondition(Code):
    """What the register cannot know: the applicant shows it, the officer finds it met or not."""

    SEPARATE_ACCOUNTS = "separate_accounts", "独立核算、账户备案", "separate accounts, on file"
    CLEAN_RECORD = "clean_record", "近年无违规、事故和处罚", "no violation, accident or penalty in recent years"
    PREMISES = "premises", "办园条件达标", "conditions meet the standard"
    FEES_PUBLISHED = "fees_published", "收费项目和标准已公示", "fees are published"
    AUDITED = "audited", "年度财务审计已提交", "yearly audit handed in"


class WithdrawalGround(Code):
    """Why a recognition ends before its term."""

    OWN_REQUEST = "own_request", "自愿申请退出", "own request"
    CONDITIONS_LOST = "conditions_lost", "不再符合认定条件", "conditions no longer met"
    AGREEMENT_BROKEN = "agreement_broken", "违反普惠协议", "agreement broken"
    REVIEW_FAILED = "review_failed", "年度复核不合格", "yearly review failed"
    SERIOUS_INCIDENT = "serious_incident", "发生重大事故或违规", "serious incident or violation"


class RecognitionWarning(Code):
    """What an officer should look at."""

    EXPIRING = "expiring", "认定即将到期", "expires soon"
    LAPSED = "lapsed", "认定已到期", "lapsed"
    REVIEW_OVERDUE = "review_overdue", "年度复核逾期", "yearly review overdue"


class RecognitionDecision(Code):
    """What was decided."""

    GRANTED = "granted", "认定", "granted"
    RENEWED = "renewed", "续认", "renewed"
    WITHDRAWN = "withdrawn", "退出", "withdrawn"


class CheckSeverity(Code):
    """What it means when a check is not passed."""

    BLOCK = "block", "不予受理", "refuses"
    WARN = "warn", "提示", "warns"

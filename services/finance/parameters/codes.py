"""Words of dated policy numbers, with their Chinese."""

from shared.schemas import Code


class ParameterName(Code):
    """What a policy number is for; the shape of its `key` is said beside each.

    Numbers are data: a new value, or a new key of a known name, needs two signatures and no release.
    """

    FEE_CEILING = "fee_ceiling", "收费上限", "fee ceiling"  # <category>/<type of kindergarten>
    FREE_YEAR_STANDARD = "free_year_standard", "免保教费标准", "waived fee a month"  # <type>; no value: in full
    TERM_START = "term_start", "学期起始", "first day of a term"  # <term>, as month × 100 + day
    SUBSIDY_RATE = "subsidy_rate", "补助标准", "subsidy rate"  # <programme>/<type>/<class kind or grade>, * for any
    SUBSIDY_TILT = "subsidy_tilt", "倾斜系数", "tilt of a subsidy"  # <programme>/<trait>: multiplies the rate
    SUBSIDY_CAP = "subsidy_cap", "补助上限", "cap of a subsidy"  # <programme>: yuan a kindergarten and month
    SUBSIDY_MONTHS = "subsidy_months", "计发月份", "month a subsidy is paid for"  # <programme>/<01 to 12>: 1, or 0 not
    MUNICIPAL_SHARE = "municipal_share", "市级分担比例", "municipal share"  # <programme>: 0 to 1
    AID_SHARE = "aid_share", "资助比例", "share of a fee that aid bears"  # <aid category>/<fee category>: 0 to 1
    PRORATION = "proration", "按日折算", "by days of the month"  # <fee category>: 1 by days, 0 the whole month
    ATTENDANCE_SHARE = "attendance_share", "按出勤折算", "share by attendance"  # <fee category>/<most days>: 0 to 1
    REFUND_SHARE = "refund_share", "退费比例", "share refunded"  # <fee category>/<case>: 0 to 1 of what is unused
    ALERT_NUMBER = "alert_number", "预警参数", "number of an alert"  # <rule>/<what>: days, share
    REVIEW_EFFECT = "review_effect", "绩效结果应用", "effect of a review"  # <grade>: most of last year's budget
    ELIGIBILITY = "eligibility", "享受条件", "condition of a subsidy"  # <programme>/<condition>: 1 it counts, 0 not
    HOUSEHOLD_INCOME = "household_income", "家庭年可支配收入", "yearly income of a household"  # <division>, or *: yuan
    REVIEW_INTERVAL = "review_interval", "标准复核周期", "years between reviews"  # <parameter>: years
    REVIEW_TRIGGER = "review_trigger", "标准复核触发值", "what asks for a review"  # <indicator>: share of change


class ParameterState(Code):
    """A number is proposed by one person and approved by another; an approved one can be replaced, never edited."""

    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已生效", "approved"
    REJECTED = "rejected", "已驳回", "rejected"
    REPLACED = "replaced", "已替换", "replaced"

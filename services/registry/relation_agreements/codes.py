"""Words of the four relations 分园、承办、合作、委托, with their Chinese."""

from shared.schemas import Code


class RelationKind(Code):
    """How a group or a kindergarten stands to the one it helps to run."""

    BRANCH = "branch", "举办分园", "runs it as a branch"
    UNDERTAKING = "undertaking", "承办", "undertakes to run it"
    COOPERATION = "cooperation", "合作办园", "runs it together with its founder"
    ENTRUSTMENT = "entrustment", "委托管理", "manages it by entrustment"


class ManagementFee(Code):
    """What the agreement says is paid for it."""

    NONE = "none", "不收取", "nothing"
    COST = "cost", "按服务成本结算", "the cost of the service"
    FIXED = "fixed", "固定管理费或品牌费", "a fixed fee for management or brand"
    INCOME_SHARE = "income_share", "按收入比例提取", "a share of income"
    SURPLUS_SHARE = "surplus_share", "按办学结余分成", "a share of the surplus"


class RelationState(Code):
    """Where an agreement stands."""

    PROPOSED = "proposed", "待核", "proposed"
    APPROVED = "approved", "已备案", "on file"
    REFUSED = "refused", "不予备案", "refused"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    ENDED = "ended", "已终止", "ended"


class RelationWarning(Code):
    """What an officer should look at."""

    EXPIRING = "expiring", "即将到期", "expires soon"
    LAPSED = "lapsed", "已到期", "lapsed"

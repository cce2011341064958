"""Words of the subsidy programmes, with their Chinese."""

from shared.schemas import Code


class Shape(Code):
    """补助算法: how an amount comes about. Shapes are code; which programme has which shape and rate is data."""

    PER_CHILD_MONTH = "per_child_month", "按月按幼儿数", "children by class kind × rate, monthly"
    PER_GRADE = "per_grade", "按质量等级和幼儿数", "children × rate of the evaluation grade, monthly"
    WAIVED_FEE = "waived_fee", "按免收保教费", "children in the last year × waived fee, monthly"
    RENT = "rent", "按租赁面积", "rented area × days × the lower of price and limit"
    PER_PLACE = "per_place", "按新增学位", "added places × rate, once"
    PROJECT = "project", "按项目核定金额", "the approved amount of a project, once"


class FundingLevel(Code):
    """资金层级."""

    MUNICIPAL = "municipal", "市级", "municipal"
    DISTRICT = "district", "区级", "district"
    SHARED = "shared", "市区分担", "shared by both"


class Condition(Code):
    """享受条件: whether each counts for a programme, and from when, is a dated number (parameter eligibility)."""

    OPERATING = "operating", "正常办园", "operating"
    CERTIFIED = "certified", "人数已核定", "headcount certified"
    RECOGNISED = "recognised", "普惠性认定在有效期内", "recognition in force"
    INSPECTION = "inspection", "年检未被判不合格或一票否决", "annual inspection neither failed nor vetoed"
    EVALUATION = "evaluation", "督导评估合格", "evaluation qualified"
    ALERT = "alert", "没有已查实未整改的账户预警", "no confirmed account alert is open"
    ACCOUNT = "account", "账户已备案", "account filed"


class ProgrammeState(Code):
    """A programme is proposed by one person and approved by another."""

    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已生效", "approved"
    REJECTED = "rejected", "已驳回", "rejected"

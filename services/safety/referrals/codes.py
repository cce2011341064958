"""Words of what departments ask of one another, with their Chinese."""

from shared.schemas import Code


class Department(Code):
    """Who is asked (三(二)3-b)."""

    POLICE = "police", "公安", "police"
    HEALTH = "health", "卫健", "health"
    MARKET = "market", "市场监管", "market supervision"
    FINANCE = "finance", "财政", "finance"
    CIVIL_AFFAIRS = "civil_affairs", "民政", "civil affairs"
    HUMAN_RESOURCES = "human_resources", "人社", "human resources"
    PLANNING = "planning", "规自", "planning and natural resources"
    HOUSING = "housing", "住建", "housing and construction"
    FIRE = "fire", "消防", "fire"
    TOWN = "town", "镇街", "town or street"
    OTHER = "other", "其他", "other"


class ReferralKind(Code):
    """What is asked for."""

    DATA = "data", "数据比对", "data"
    CASE = "case", "线索移送", "a case to take over"
    JOINT_CHECK = "joint_check", "联合检查", "a joint check"
    OPINION = "opinion", "征求意见", "an opinion"


class ReferralState(Code):
    """How far it is."""

    SENT = "sent", "待答复", "sent, waiting for the answer"
    ANSWERED = "answered", "已答复", "answered"
    CLOSED = "closed", "已办结", "closed"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"

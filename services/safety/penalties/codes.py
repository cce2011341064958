"""Words of penalty cases, with their Chinese."""

from shared.schemas import Code


class PenaltyState(Code):
    """Where a case stands."""

    FILED = "filed", "已立案", "filed"
    NOTICED = "noticed", "已告知", "notice given"
    DECIDED = "decided", "已决定", "decided"
    DELIVERED = "delivered", "已送达", "delivered"
    EXECUTED = "executed", "已执行", "executed"
    CLOSED = "closed", "已结案", "closed"
    DROPPED = "dropped", "已撤销", "dropped"


class PenaltyKind(Code):
    """行政处罚法 art. 9 as far as 学前教育法 arts 78-80 use it."""

    WARNING = "warning", "警告", "warning"
    FINE = "fine", "罚款", "fine"
    CONFISCATION = "confiscation", "没收违法所得", "confiscation of illegal gains"
    STOP_ENROLMENT = "stop_enrolment", "责令停止招生", "order to stop enrolment"
    REVOKE_LICENCE = "revoke_licence", "吊销办学许可证", "revocation of the licence"
    CLOSURE = "closure", "责令停止办学", "order to close"
    NONE = "none", "不予处罚", "no penalty"

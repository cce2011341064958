"""Words of the purchased services, with their Chinese."""

from shared.schemas import Code


class ServiceKind(Code):
    """购买服务内容. Which kinds may be bought is a dated number (alert_number, svc_01/<kind>)."""

    GUARD = "guard", "安保", "guarding"
    CATERING = "catering", "食堂", "catering"
    CLEANING = "cleaning", "保洁", "cleaning"
    MAINTENANCE = "maintenance", "维修维护", "maintenance"
    CHILDCARE = "childcare", "保育辅助", "help with child care"
    HEALTH = "health", "卫生保健", "health care"
    TEACHING = "teaching", "教学", "teaching"
    OTHER = "other", "其他", "other"


class ContractState(Code):
    FILED = "filed", "已申报", "filed"
    ACCEPTED = "accepted", "已受理", "accepted"
    RETURNED = "returned", "已退回", "returned"

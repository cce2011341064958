"""Words of the fee standards, with their Chinese."""

from shared.schemas import Code


class FeeCategory(Code):
    """收费类别 (幼儿园收费管理暂行办法, 发改价格〔2011〕3207号)."""

    CARE_EDUCATION = "care_education", "保育教育费", "care and education"
    BOARDING = "boarding", "住宿费", "boarding"
    SERVICE = "service", "服务性收费", "optional service"
    COLLECTED = "collected", "代收费", "collected for third parties"


class FeeUnit(Code):
    """计费单位."""

    MONTH = "month", "每月", "a month"
    TERM = "term", "每学期", "a term"
    DAY = "day", "每日", "a day"
    ONCE = "once", "每次", "once"


class FeeFilingState(Code):
    """收费备案: filed by the kindergarten, accepted by one officer, published by another."""

    FILED = "filed", "已申报", "filed"
    RETURNED = "returned", "已退回", "returned"
    ACCEPTED = "accepted", "已受理", "accepted"
    PUBLISHED = "published", "已公示", "published"

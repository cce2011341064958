from shared.schemas import Code


class UniversalityState(Code):
    """双普自查状态."""

    DRAFT = "draft", "自查中", "draft"
    CONFIRMED = "confirmed", "已确认", "confirmed"


class IndicatorRule(Code):
    """达标规则."""

    AT_LEAST = "at_least", "不低于", "at least"
    ABOVE = "above", "高于", "above"
    AT_MOST = "at_most", "不超过", "at most"
    NONE = "none", "无", "none"
    STATED = "stated", "按材料认定", "stated by evidence"

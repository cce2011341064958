"""Words of the indicators, with their Chinese."""

from shared.schemas import Code


class Kind(Code):
    """How a figure comes from its counts."""

    RATIO = "ratio", "比率", "numerator ÷ denominator"
    COUNT = "count", "数量", "a count"
    DIFFERENCE = "difference", "差", "numerator - denominator"
    CHANGE = "change", "同比", "numerator ÷ denominator - 1"
    DISTRIBUTION = "distribution", "分布", "a count in parts"


class TargetComparison(Code):
    """How a target is written."""

    AT_LEAST = "ge", "不低于", "at least"
    AT_MOST = "le", "不高于", "at most"
    MORE_THAN = "gt", "高于", "more than"
    LESS_THAN = "lt", "低于", "less than"


class Standing(Code):
    """Where a figure stands towards its target."""

    MET = "met", "达标", "met"
    WARNING = "warning", "预警", "met, but within the early-warning margin"
    MISSED = "missed", "未达标", "missed"
    UNKNOWN = "unknown", "无法计算", "there is no figure"


class RateMode(Code):
    """入园率口径."""

    NET = "net", "净（只计适龄幼儿）", "net: children of the three preschool years only"
    GROSS = "gross", "毛（不限年龄）", "gross: children of any age"


class PopulationBasis(Code):
    """入园率的人口口径."""

    RESIDENT = "resident", "常住", "resident"
    REGISTERED = "registered", "户籍", "registered"
    REGISTERED_AND_MIGRANT = "registered_and_migrant", "户籍和随迁", "registered and migrant"


class Breakdown(Code):
    """By what a figure is divided."""

    WHOLE = "whole", "合计", "not divided"
    TOWN = "town", "镇乡街道", "by town"
    ZONE = "zone", "片区", "by zone"
    KINDERGARTEN = "kindergarten", "幼儿园", "by kindergarten"
    TYPE = "type", "办园性质", "by type of kindergarten"
    CLASS_KIND = "class_kind", "班级类型", "by kind of class"


class Part(Code):
    """Which side of a figure."""

    NUMERATOR = "numerator", "分子", "numerator"
    DENOMINATOR = "denominator", "分母", "denominator"


class Origin(Code):
    """Where the figure shown beside a target comes from."""

    LIVE = "live", "实时计算", "computed now"
    PUBLISHED = "published", "已公布的冻结数", "a published snapshot"
    NONE = "none", "未公布", "nothing is published"


class Step(Code):
    """From which days a series is made."""

    DAY = "day", "逐日", "every day"
    MONTH = "month", "每月1日", "the first of each month"
    YEAR = "year", "每年同日", "the same day of each year"

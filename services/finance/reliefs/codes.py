"""Words of tax and fee reliefs, with their Chinese."""

from shared.schemas import Code


class ReliefKind(Code):
    """减免税费 (三(二)1-a)."""

    VALUE_ADDED_TAX = "value_added_tax", "增值税", "value-added tax"
    PROPERTY_TAX = "property_tax", "房产税", "property tax"
    LAND_USE_TAX = "land_use_tax", "城镇土地使用税", "land-use tax"
    INCOME_TAX = "income_tax", "企业所得税", "income tax"
    UTILITIES = "utilities", "水电气热价格优惠", "price of water, power, gas and heat"
    RENT = "rent", "租金减免", "rent"
    OTHER = "other", "其他税费", "other"


class ReliefState(Code):
    RECORDED = "recorded", "已登记", "recorded"
    CONFIRMED = "confirmed", "已确认", "confirmed"

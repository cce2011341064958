"""Words of food suppliers, with their Chinese."""

from shared.schemas import Code


class SupplyKind(Code):
    """What is supplied."""

    GRAIN_OIL = "grain_oil", "米面粮油", "grain and oil"
    MEAT = "meat", "肉禽蛋水产", "meat, eggs and fish"
    VEGETABLES = "vegetables", "蔬菜水果", "vegetables and fruit"
    DAIRY = "dairy", "乳制品", "dairy products"
    SEASONING = "seasoning", "调味品", "seasoning"
    MEALS = "meals", "集体配餐", "meals ordered from outside"
    OTHER = "other", "其他", "other"


class SupplierStanding(Code):
    """Whether one may buy from it on a day."""

    VALID = "valid", "有效", "valid"
    EXPIRING = "expiring", "即将到期", "expires soon"
    EXPIRED = "expired", "许可证过期", "licence expired"
    ENDED = "ended", "已停止供货", "no longer supplies"

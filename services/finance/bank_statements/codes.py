"""Words of the bank statements, with their Chinese."""

from shared.schemas import Code


class Match(Code):
    """How a line of a statement was explained."""

    RECEIPT = "receipt", "家长缴费", "a family's payment"
    SUBSIDY = "subsidy", "财政补助", "a subsidy"
    OUTFLOW = "outflow", "支出", "a payment out"
    UNMATCHED = "unmatched", "待查明收入", "money nobody explains yet"


class Use(Code):
    """支出用途 (三(二)3-h: pay, conditions, quality)."""

    PAY = "pay", "教职工待遇", "staff pay and insurance"
    CONDITIONS = "conditions", "办园条件", "conditions"
    QUALITY = "quality", "保教质量", "quality of care and education"
    MEALS = "meals", "伙食", "meals"
    TAX = "tax", "税费", "taxes"
    OTHER = "other", "其他", "other"

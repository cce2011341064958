"""Words of the credit file 信用档案, with their Chinese."""

from shared.schemas import Code


class CreditSubject(Code):
    """Whom an entry is about (民办教育促进法实施条例 art. 47)."""

    KINDERGARTEN = "kindergarten", "幼儿园", "the kindergarten"
    FOUNDER = "founder", "举办者", "a founder"
    PRINCIPAL = "principal", "园长", "the principal"


class CreditKind(Code):
    """What is entered."""

    INSPECTION = "inspection", "年检结论", "annual inspection"
    PENALTY = "penalty", "行政处罚", "penalty"
    VIOLATION = "violation", "违规行为", "violation"
    COMPLAINT = "complaint", "投诉举报属实", "complaint found true"
    PROMISE = "promise", "信用承诺", "promise"
    COMMENDATION = "commendation", "表彰奖励", "commendation"
    RESTORATION = "restoration", "信用修复", "credit restored"


class CreditEffect(Code):
    """How an entry weighs."""

    GOOD = "good", "良好", "good"
    NEUTRAL = "neutral", "一般", "neutral"
    BAD = "bad", "失信", "bad"

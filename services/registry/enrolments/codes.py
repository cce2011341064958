"""Words of enrolment, with their Chinese."""

from shared.schemas import Code


class Entry(Code):
    """Why a period of enrolment began."""

    NEW = "new", "新入园", "first entry"
    TRANSFER = "transfer", "转入", "transfer from another kindergarten"
    RETURN = "return", "复园", "return after leaving"
    PROMOTION = "promotion", "升班", "moved up with the school year"
    REGROUPING = "regrouping", "调班", "moved to another class"


class Exit(Code):
    """Why a period of enrolment ended."""

    GRADUATED = "graduated", "毕业离园", "graduated"
    TRANSFER = "transfer", "转出", "transfer to another kindergarten"
    LEFT = "left", "退园", "left"
    PROMOTION = "promotion", "升班", "moved up with the school year"
    REGROUPING = "regrouping", "调班", "moved to another class"

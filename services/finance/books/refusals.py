"""Why a book cannot be opened, or a month of it closed or reopened."""

from shared.errors import DomainError, rule

PERIOD_CLOSED = rule(
    "period_is_closed",
    "该会计期间已结账或早于开账日期,不能记账。",
    "The month is closed, or lies before the book was opened.",
    "请在开放的期间入账;确需更正的,由两人办理反结账。",
    "Post in an open month; two persons can reopen a closed one.",
)


class MonthsCloseInOrder(DomainError):
    zh = "只能按顺序结账:下一个可结账的月份是 {month}。"
    en = "Months close in their order: the next one is {month}."


class OnlyTheLastMonthReopens(DomainError):
    zh = "只能从最后一个已结账的月份开始反结账。"
    en = "Only the last closed month can be reopened."


class MonthIsNotOver(DomainError):
    zh = "{month} 尚未结束,不能结账。"
    en = "{month} is not over yet and cannot be closed."

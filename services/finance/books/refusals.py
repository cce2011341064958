"""Why a book cannot be opened, or a month of it closed or reopened."""

from shared.errors import DomainError, rule

ANOTHER_PERSON = rule(
    "another_person_decides",
    "提出人不能自己审批。",
    "Who proposed it cannot decide it.",
    "请由另一名有审批权限的人员办理。",
    "Another person with the right to decide has to do it.",
)
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


class NoSuchStep(DomainError):
    zh = "该期间当前状态为“{state_zh}”,不能办理此步骤。"
    en = "The month is {state}: this step cannot be taken."


class MonthIsNotOver(DomainError):
    zh = "{month} 尚未结束,不能结账。"
    en = "{month} is not over yet and cannot be closed."

"""Why a use of subsidy money cannot be reported."""

from shared.errors import DomainError


class MoreThanWasReceived(DomainError):
    zh = "截至 {day} 收到该项目该级资金 {received} 元,已上报使用 {used} 元,不能再上报 {amount} 元。"
    en = "By {day} {received} yuan of this fund were received and {used} reported as used: {amount} more is too much."


class NotThatLevel(DomainError):
    zh = "项目 {programme} 没有{level_zh}资金。"
    en = "The programme {programme} has no {level} money."


class LineIsUsedUp(DomainError):
    zh = "该笔银行支出 {line} 元,已有 {used} 元对应其他资金使用。"
    en = "The bank's booking is {line} yuan, of which {used} stand for other uses already."

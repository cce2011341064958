"""Why a year cannot be carried forward."""

from shared.errors import DomainError


class YearIsNotOver(DomainError):
    zh = "{year} 年尚未结束,不能年终结转。"
    en = "{year} is not over yet."


class NothingToCarry(DomainError):
    zh = "{year} 年没有需要结转的收入和费用。"
    en = "No income or expense of {year} is left to carry forward."

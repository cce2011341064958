"""Why money cannot be taken."""

from shared.errors import DomainError


class NotThisChild(DomainError):
    zh = "收费记录不属于该幼儿园的该幼儿。"
    en = "The charge is not of this child at this kindergarten."

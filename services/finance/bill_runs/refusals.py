"""Why a month cannot be billed."""

from http import HTTPStatus

from shared.errors import DomainError


class MonthNotCertified(DomainError):
    zh = "{month} 的在园人数和出勤尚未核定,不能出账。"
    en = "The attendance of {month} is not certified yet: it cannot be billed."


class DaysDoNotFit(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "出勤人日有 {count} 处不符,未出账。"
    en = "{count} of the days of attendance do not fit; nothing was billed."

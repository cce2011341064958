"""Why a month's meal account cannot be kept."""

from http import HTTPStatus

from shared.errors import DomainError


class MonthOfMealsNotBegun(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{month} 尚未开始。"
    en = "{month} has not begun."

"""Why a yearly report cannot be filed."""

from http import HTTPStatus

from shared.errors import DomainError


class ReportedYearIsNotOver(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{year} 年尚未结束,不能报送年度报告。"
    en = "{year} is not over yet: there is no report of it."

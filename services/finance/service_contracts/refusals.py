"""Why a contract for purchased services cannot be filed."""

from http import HTTPStatus

from shared.errors import DomainError


class OnlyPublicKindergartens(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "政府购买服务仅适用于公办园。"
    en = "Government purchase of services is for public kindergartens."

"""Refusals of the token endpoint: RFC 9457 documents that also carry RFC 6749's `error`."""

from http import HTTPStatus
from typing import ClassVar

from shared.errors import DomainError


class TokenRefused(DomainError):
    """`error` is the code of RFC 6749 section 5.2."""

    status = HTTPStatus.BAD_REQUEST
    error: ClassVar[str] = "invalid_request"
    zh = "令牌请求被拒绝。"
    en = "The token request was refused."

    def __init__(self, *, needed: str = "") -> None:
        super().__init__(needed=needed)
        self.extra = {"error": self.error, "error_description": self.detail("en")}


class InvalidGrant(TokenRefused):
    """One answer for an unknown account, a wrong password and a spent refresh token."""

    error = "invalid_grant"
    zh = "用户名或密码错误,或令牌已失效。"
    en = "The name or the password is wrong, or the token is no longer valid."
    hint_zh = "请核对后重试;多次失败后需等待。"
    hint_en = "Check them and try again; after several failures there is a delay."


class InvalidClient(TokenRefused):
    status = HTTPStatus.UNAUTHORIZED
    error = "invalid_client"
    zh = "客户端编号或密钥错误。"
    en = "The client id or its secret is wrong."

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Basic realm="huaiyou"'}


class IncompleteTokenRequest(TokenRefused):
    zh = "这种授权方式需要 {needed}。"
    en = "This grant type needs {needed}."


class TooManyAttempts(DomainError):
    """Known and unknown names are delayed alike."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    zh = "登录失败次数过多,请在 {seconds} 秒后重试。"
    en = "Too many failed sign-ins; try again in {seconds} seconds."

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.facts["seconds"])}


class SignInsAreBusy(DomainError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    zh = "正在登录的人太多,请稍后重试。"
    en = "Too many people are signing in at once; try again shortly."

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "2"}


class AccountIsLocked(DomainError):
    """Said only to who knows the password."""

    status = HTTPStatus.LOCKED
    zh = "账号已停用。"
    en = "The account is locked."
    hint_zh = "请联系本单位账号管理员。"
    hint_en = "Ask your administrator."

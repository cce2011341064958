from enum import StrEnum
from typing import Annotated, Literal

from shared.schemas import Code, In, Out, zh


class GrantType(Code):
    """OAuth 2.0 授权方式."""

    PASSWORD = "password", "用户名与密码", "name and password"  # the name RFC 6749 gives it
    REFRESH_TOKEN = "refresh_token", "刷新令牌", "refresh token"  # likewise
    CLIENT_CREDENTIALS = "client_credentials", "客户端密钥", "client credentials"


class TokenRequest(In):
    """An OAuth 2.0 token request (RFC 6749), as a form."""

    grant_type: Annotated[GrantType, zh("授权方式")]
    username: Annotated[str | None, zh("登录名", max_length=100)] = None
    password: Annotated[str | None, zh("密码", max_length=200)] = None
    refresh_token: Annotated[str | None, zh("刷新令牌", max_length=200)] = None
    client_id: Annotated[str | None, zh("客户端编号", max_length=100)] = None
    client_secret: Annotated[str | None, zh("客户端密钥", max_length=200)] = None
    scope: Annotated[str | None, zh("范围", "Accepted and ignored: a token carries all grants.", max_length=500)] = None


class TokenOut(Out):
    """RFC 6749 section 5.1. There is no refresh token for client credentials."""

    access_token: Annotated[str, zh("访问令牌")]
    token_type: Annotated[Literal["Bearer"], zh("令牌类型")]
    expires_in: Annotated[int, zh("有效秒数")]
    refresh_token: Annotated[str | None, zh("刷新令牌", "Good for one use; using it twice ends the session.")]


class Ended(StrEnum):
    """Why a session ended."""

    SIGNED_OUT = "signed out"
    REUSED = "refresh token used twice"
    LOCKED = "account locked"
    PASSWORD = "password changed"  # noqa: S105  # a reason, not a password
